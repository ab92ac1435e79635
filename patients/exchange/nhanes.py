"""How the open NHANES table of B12, MMA and homocysteine is read.

Public data of the US National Center for Health Statistics, cycles 1999 to
2014. Creatinine is the column with the survey's own corrections; eGFR stands
in the file for adults.
"""

from __future__ import annotations

from patients.exchange.csv_import import ResultColumn, TableMapping

NHANES = TableMapping(
    source="nhanes",
    laboratory="NHANES",
    identifier_prefix="NHANES-",
    family_name="Participant",
    person="seqn",
    sample="exam",
    days_after="days_after_first_exam",
    age="age_y",
    sex="sex",
    sexes={"F": "female", "M": "male", "": "unknown"},
    results=(
        # The same sample in two units: each is judged by its own cut-offs.
        ResultColumn("b12_pg_ml", "b12", "pg/mL"),
        ResultColumn("b12_pmol_l", "b12", "pmol/L"),
        ResultColumn("mma_nmol_l", "mma", "nmol/L", below_limit="mma_below_lod"),
        ResultColumn("hcy_umol_l", "homocysteine", "umol/L"),
        ResultColumn("hgb_g_dl", "haemoglobin", "g/dL"),
        ResultColumn("mcv_fl", "mcv", "fL"),
        ResultColumn("folate_serum_ng_ml", "folate", "ng/mL"),
        ResultColumn("creatinine_mg_dl_std", "creatinine", "mg/dL"),
        ResultColumn("egfr_ckdepi2021", "egfr", "mL/min/{1.73_m2}"),
    ),
)
