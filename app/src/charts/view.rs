//! The element that draws a chart. It lies in a file of its own beside the package, is told the option and the words of its marks by properties, and tells
//! what was pressed by an attribute; inside it stands the list of its marks, which keyboards and those who listen use.

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
    let chart = Memo::new(move |_| chart.get());
    let option = move || chart.with(|chart| chart.option.clone());
    let marks = move || chart.with(|chart| list(&chart.marks));
    let hear = move |event: leptos::ev::Event| {
        let words = event_target::<web_sys::Element>(&event).get_attribute("said");
        if let Some(word) = words.and_then(|words| serde_json::from_str(&words).ok()) {
            said.run(word);
        }
    };
    let class = ["chart ", class].concat();
    let brush = brush.then_some("");
    view! {
        <chart-view class=class id=id prop:option=option prop:marks=marks save=save brush=brush on:input=hear>
            <div class="chart__legend" aria-hidden="true"></div>
            <div class="chart__draw"></div>
            <div class="chart__tip" aria-hidden="true"></div>
            <ul class="chart__marks sr" role="listbox" tabindex="0" aria-multiselectable="true" aria-label=label></ul>
        </chart-view>
    }
    .into_any()
}

/// The marks as the element reads them: of hundreds it writes those anew that changed.
fn list(marks: &[(String, Option<bool>)]) -> String {
    serde_json::to_string(marks).unwrap_or_default()
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
    fn marks_are_words_with_whether_they_are_picked() {
        let marks = [("A & \"B\"\n1".into(), Some(true)), ("C".into(), None)];
        assert_eq!(list(&marks), "[[\"A & \\\"B\\\"\\n1\",true],[\"C\",null]]");
    }
}
