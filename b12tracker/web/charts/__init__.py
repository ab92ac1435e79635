"""Figures drawn on the server as SVG: pure functions from values to a string."""

from b12tracker.web.charts.data import Band, Figure, Phase, Point, Series, Trend
from b12tracker.web.charts.trend import draw_trend

__all__ = ["Band", "Figure", "Phase", "Point", "Series", "Trend", "draw_trend"]
