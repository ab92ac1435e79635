"""The demo clinics: people and stories that are made up, told through the product's own actions."""
