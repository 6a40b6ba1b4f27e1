//! Options of charts, from names and numbers. Colours are names of custom properties and axis formats are words: the element puts in what they stand for.

use charming::component::{Axis, Grid};
use charming::datatype::{CompositeValue, DataPoint, DataPointItem, NumericValue};
use charming::element::{AreaStyle, AxisLabel, AxisType, ItemStyle, LineStyle, LineStyleType, SplitLine, Symbol};
use charming::series::{Bar, Line};
use serde::Serialize;

/// What an axis counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Amounts, units, lines: `1.2M`.
    Count,
    /// Percent.
    Percent,
}

impl Scale {
    const fn format(self) -> &'static str {
        match self {
            Self::Count => "compact",
            Self::Percent => "percent",
        }
    }
}

/// The largest first, as bars that lie.
#[derive(Clone, Copy, Debug)]
pub struct Ranking<'a> {
    /// What the chart shows, for those who listen.
    pub says: &'a str,
    /// A name for each bar.
    pub names: &'a [String],
    /// A value for each bar; none is drawn as no bar.
    pub values: &'a [Option<f64>],
    /// Whether each is not among those picked.
    pub faded: &'a [bool],
    /// What they count.
    pub scale: Scale,
}

/// A series over the columns.
#[derive(Clone, Debug)]
pub struct Series<'a> {
    /// Its name in the legend.
    pub name: &'a str,
    /// A value for each column; none interrupts it.
    pub values: Vec<Option<f64>>,
    /// The custom property of its colour.
    pub color: &'static str,
    /// How it is drawn.
    pub drawn: Column,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// Bars that stand.
    Bars,
    /// A line over the space below it.
    Area,
    /// A line.
    Line,
    /// A dashed line.
    Dashes,
}

/// Cells of two keys.
#[derive(Clone, Copy, Debug)]
pub struct Heat<'a> {
    /// What the chart shows, for those who listen.
    pub says: &'a str,
    /// Names of the columns.
    pub across: &'a [String],
    /// Names of the rows, the first on top.
    pub down: &'a [String],
    /// Column, row and value of each cell.
    pub cells: &'a [(usize, usize, f64)],
    /// The cells that are picked.
    pub picked: &'a [usize],
    /// Words for the least, the middle and the most, and for where no cell is; empty where there is one everywhere.
    pub key: &'a [&'a str; 4],
}

#[derive(Serialize)]
#[serde(untagged)]
#[expect(clippy::large_enum_variant, reason = "a chart has one or two, made to be written at once")]
pub(super) enum Shape {
    Bar(Bar),
    Line(Line),
    Heat(Cells),
}

/// Cells with a colour each: the builder's heat map knows only those of a scale.
#[derive(Serialize)]
pub(super) struct Cells {
    r#type: &'static str,
    id: &'static str,
    data: Vec<DataPoint>,
}

#[derive(Serialize)]
#[serde(untagged)]
#[expect(clippy::large_enum_variant, reason = "a chart has one, made to be written at once")]
pub(super) enum Axes {
    One(Axis),
    Two([Axis; 2]),
}

/// A colour with what it stands for.
#[derive(Serialize)]
struct Swatch<'a> {
    name: &'a str,
    color: &'static str,
}

/// Of all options only what these charts use: an option with every kind of series is ten times the code. What those hear who do not see the chart,
/// whether it has a legend or a key of its colours, and from which column to which it is not pressed, is for the element.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Options<'a> {
    says: &'a str,
    legend: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    key: Vec<Swatch<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    faded: Vec<(usize, usize)>,
    grid: Grid,
    x_axis: Axis,
    y_axis: Axes,
    series: Vec<Shape>,
}

impl<'a> Options<'a> {
    pub(super) fn new(says: &'a str, x_axis: Axis, y_axis: Axes, series: Vec<Shape>) -> Self {
        Self {
            says,
            legend: false,
            key: vec![],
            faded: vec![],
            grid: Grid::new().left(4).right(16).top(12).bottom(4).contain_label(true),
            x_axis,
            y_axis,
            series,
        }
    }

    pub(super) fn json(&self) -> String {
        // plain data
        serde_json::to_string(self).unwrap_or_default()
    }
}

pub(super) fn names(names: &[String]) -> Axis {
    Axis::new().type_(AxisType::Category).data(names.to_vec())
}

pub(super) fn counts(scale: Scale) -> Axis {
    Axis::new().type_(AxisType::Value).split_number(4).axis_label(AxisLabel::new().formatter(scale.format()))
}

fn point(value: Option<f64>) -> CompositeValue {
    value.map_or(CompositeValue::OptionalNumber(None), |value| CompositeValue::Number(NumericValue::Float(value)))
}

fn bars(name: &str, color: &str, values: &[Option<f64>], faded: &[bool]) -> Bar {
    let data = values.iter().enumerate().map(|(at, value)| match faded.get(at) {
        Some(true) => DataPoint::Item(DataPointItem::new(point(*value)).item_style(ItemStyle::new().opacity(0.3))),
        _ => DataPoint::Value(point(*value)),
    });
    Bar::new().id(name).name(name).item_style(ItemStyle::new().color(color).border_radius(2)).data(data.collect::<Vec<_>>())
}

fn line(series: &Series<'_>) -> Line {
    let stroke = LineStyle::new().width(2).color(series.color);
    let stroke = if series.drawn == Column::Dashes { stroke.type_(LineStyleType::Dashed) } else { stroke };
    let line = Line::new().id(series.name).name(series.name).symbol(Symbol::Circle).show_symbol(series.values.len() == 1);
    let line = line.item_style(ItemStyle::new().color(series.color)).line_style(stroke);
    let line = if series.drawn == Column::Area { line.area_style(AreaStyle::new().color(series.color).opacity(0.12)) } else { line };
    line.data(series.values.iter().map(|value| point(*value)).collect::<Vec<_>>())
}

/// Bars that lie, the first on top.
#[must_use]
pub fn ranking(of: &Ranking<'_>) -> String {
    let bars = bars("ranking", "--chart-1", of.values, of.faded).bar_width("62%");
    Options::new(of.says, counts(of.scale), Axes::One(names(of.names).inverse(true)), vec![Shape::Bar(bars)]).json()
}

/// Series over the same columns; `faded` columns are not among those picked.
#[must_use]
pub fn columns(says: &str, across: &[String], series: &[Series<'_>], faded: &[bool], scale: Scale) -> String {
    let shapes = series.iter().map(|one| match one.drawn {
        Column::Bars => Shape::Bar(bars(one.name, one.color, &one.values, &[]).bar_width("62%")),
        _ => Shape::Line(line(one)),
    });
    Options {
        legend: series.len() > 1,
        faded: runs(faded),
        ..Options::new(says, names(across), Axes::One(counts(scale)), shapes.collect())
    }
    .json()
}

/// From where to where something holds.
fn runs(all: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = vec![];
    for at in all.iter().enumerate().filter(|(_, holds)| **holds).map(|(at, _)| at) {
        match runs.last_mut() {
            Some((_, to)) if *to + 1 == at => *to = at,
            _ => runs.push((at, at)),
        }
    }
    runs
}

/// Bars that stand, the largest first, and a line of the share that they and all before them have, in percent.
#[must_use]
pub fn pareto(of: &Ranking<'_>, name: &str, shares: Vec<Option<f64>>) -> String {
    let share = Series { name: "Share so far", values: shares, color: "--chart-2", drawn: Column::Line };
    let percent = counts(Scale::Percent).min(0).max(100).interval(25).split_line(SplitLine::new().show(false));
    let shapes = vec![Shape::Bar(bars(name, "--chart-1", of.values, of.faded)), Shape::Line(line(&share).y_axis_index(1))];
    let across = names(of.names).axis_label(AxisLabel::new().show(false));
    Options { legend: true, ..Options::new(of.says, across, Axes::Two([counts(of.scale), percent]), shapes) }.json()
}

/// Cells, the darker the more.
#[must_use]
pub fn heat(of: &Heat<'_>) -> String {
    let values = || of.cells.iter().map(|(_, _, value)| *value);
    let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let span = if high > low { high - low } else { 1.0 };
    let cell = |(x, y, value): &(usize, usize, f64), style: ItemStyle| {
        let place = [*x as f64, *y as f64, *value].map(|number| CompositeValue::Number(NumericValue::Float(number)));
        DataPoint::Item(DataPointItem::new(CompositeValue::Array(place.into())).item_style(style))
    };
    // a tenth of the colour for the least, all of it for the most
    let shade = |value: f64| ["--chart-1 ", &(10 + ((value - low) / span * 90.0) as i64).to_string(), "%"].concat();
    let style = || ItemStyle::new().border_color("--surface").border_width(2).border_radius(3);
    let all = of.cells.iter().map(|one| cell(one, style().color(shade(one.2).as_str()))).collect::<Vec<_>>();
    let mut series = vec![Shape::Heat(Cells { r#type: "heatmap", id: "cells", data: all })];
    if !of.picked.is_empty() {
        let ring = || ItemStyle::new().color("--chart-ring").border_color("--ink").border_width(2.5).border_radius(3);
        let picked = of.picked.iter().filter_map(|at| of.cells.get(*at)).map(|one| cell(one, ring())).collect::<Vec<_>>();
        series.push(Shape::Heat(Cells { r#type: "heatmap", id: "picked", data: picked }));
    }
    let plain = |axis: Axis| axis.split_line(SplitLine::new().show(false));
    let colors = ["--chart-1 10%", "--chart-1 55%", "--chart-1 100%", "--surface"];
    let key = of.key.iter().zip(colors).filter(|(name, _)| !name.is_empty()).map(|(name, color)| Swatch { name, color }).collect();
    Options { key, ..Options::new(of.says, plain(names(of.across)), Axes::One(plain(names(of.down)).inverse(true)), series) }.json()
}

#[cfg(test)]
mod tests;
