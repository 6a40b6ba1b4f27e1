//! The element that draws a chart. It lies in a file of its own beside the package, is told the option by an attribute, and tells what was pressed by
//! another; inside it stands the list of its marks, which keyboards and those who listen use.

use crate::markup::Markup;
use leptos::prelude::*;
use serde::Deserialize;

/// What the element tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Said {
    /// A mark was pressed.
    Pick(usize),
    /// A mark was pressed besides others.
    More(usize),
    /// From one mark to another was dragged over.
    Brush(usize, usize),
}

/// A chart as it is now.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chart {
    /// The option, as JSON.
    pub option: String,
    /// The words of each mark, and whether it is picked; none for one that cannot be.
    pub marks: Vec<(String, Option<bool>)>,
}

/// The element; `id` is its own in the document, `label` names it, `class` says how large it is. `brush`: several marks can be dragged over.
pub fn chart(
    id: &'static str,
    label: &'static str,
    class: &'static str,
    brush: bool,
    chart: Signal<Chart>,
    save: Signal<String>,
    said: Callback<Said>,
) -> AnyView {
    crate::beside::scripted("charts.js");
    let option = move || chart.with(|chart| chart.option.clone());
    let marks = move || chart.with(|chart| list(id, &chart.marks));
    let hear = move |event: leptos::ev::Event| {
        let words = event_target::<web_sys::Element>(&event).get_attribute("said");
        if let Some(word) = words.and_then(|words| serde_json::from_str(&words).ok()) {
            said.run(word);
        }
    };
    let class = ["chart ", class].concat();
    let brush = brush.then_some("");
    view! {
        <chart-view class=class id=id option=option save=save brush=brush on:input=hear>
            <div class="chart__legend" aria-hidden="true"></div>
            <div class="chart__draw"></div>
            <div class="chart__tip" aria-hidden="true"></div>
            <ul class="chart__marks sr" role="listbox" tabindex="0" aria-multiselectable="true" aria-label=label inner_html=marks></ul>
        </chart-view>
    }
    .into_any()
}

fn list(id: &str, marks: &[(String, Option<bool>)]) -> String {
    let mut m = Markup::default();
    for (at, (words, picked)) in marks.iter().enumerate() {
        let state = match picked {
            Some(true) => "selected=\"true",
            Some(false) => "selected=\"false",
            None => "disabled=\"true",
        };
        m.put("<li role=\"option\" id=\"{}-{}\" aria-", &[id, &at.to_string()]);
        m.put(state, &[]);
        m.put("\">{}</li>", &[words]);
    }
    m.done()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_press_and_a_drag_are_understood() {
        let read = |text: &str| serde_json::from_str::<Said>(text).ok();
        assert_eq!(read("{\"pick\":3}"), Some(Said::Pick(3)));
        assert_eq!(read("{\"more\":0}"), Some(Said::More(0)));
        assert_eq!(read("{\"brush\":[1,4]}"), Some(Said::Brush(1, 4)));
        assert_eq!(read("{\"drop\":1}"), None);
    }

    #[test]
    fn marks_are_options_of_a_list() {
        assert_eq!(
            list("x", &[("A & B".into(), Some(true)), ("C".into(), None)]),
            "<li role=\"option\" id=\"x-0\" aria-selected=\"true\">A &amp; B</li><li role=\"option\" id=\"x-1\" aria-disabled=\"true\">C</li>"
        );
    }
}
