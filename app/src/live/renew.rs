//! New text over the old, node by node: what says the same stays, so that the page is laid out for what changed alone, and focus and place are kept. For
//! text without fields: what somebody typed into one would stay as well.

use wasm_bindgen::JsCast;
use web_sys::{Element, Node};

/// Renews what is within an element.
pub fn renew(node: &Element, html: &str) {
    let Some(fresh) = node.clone_node().ok().and_then(|node| node.dyn_into::<Element>().ok()) else { return };
    fresh.set_inner_html(html);
    children(node, &fresh);
}

// what the DOM refuses here it refuses nowhere else: nodes are taken from one parent to another
fn children(old: &Node, new: &Node) {
    let (mut there, mut next) = (old.first_child(), new.first_child());
    while let Some(coming) = next {
        next = coming.next_sibling();
        let Some(has) = there else {
            let _ = old.append_child(&coming);
            there = None;
            continue;
        };
        there = has.next_sibling();
        if !has.is_equal_node(Some(&coming)) && !is_renewed(&has, &coming) {
            let _ = old.replace_child(&coming, &has);
        }
    }
    while let Some(gone) = there {
        there = gone.next_sibling();
        let _ = old.remove_child(&gone);
    }
}

/// Whether the one could become the other.
fn is_renewed(has: &Node, coming: &Node) -> bool {
    if has.node_name() != coming.node_name() {
        return false;
    }
    match (has.dyn_ref::<Element>(), coming.dyn_ref::<Element>()) {
        (Some(old), Some(new)) => {
            attributes(old, new);
            children(old, new);
        }
        _ => has.set_node_value(coming.node_value().as_deref()),
    }
    true
}

fn attributes(old: &Element, new: &Element) {
    let names = |of: &Element| of.get_attribute_names().iter().filter_map(|name| name.as_string()).collect::<Vec<_>>();
    for name in names(new) {
        let value = new.get_attribute(&name);
        if value != old.get_attribute(&name) {
            let _ = old.set_attribute(&name, value.as_deref().unwrap_or_default());
        }
    }
    for name in names(old) {
        if !new.has_attribute(&name) {
            let _ = old.remove_attribute(&name);
        }
    }
}
