// New text over the old, node by node: what says the same stays, so that the page is laid out for what changed alone, and focus and place are kept. For
// text without fields: what somebody typed into one would stay as well.
export function renew(node, html) {
  const fresh = node.cloneNode();
  fresh.innerHTML = html;
  children(node, fresh);
}

function children(old, fresh) {
  let [has, coming] = [old.firstChild, fresh.firstChild];
  while (coming) {
    const [after, next] = [has?.nextSibling, coming.nextSibling];
    if (!has) old.append(coming);
    else if (has.nodeName !== coming.nodeName) has.replaceWith(coming);
    else become(has, coming);
    [has, coming] = [after, next];
  }
  while (has) {
    const after = has.nextSibling;
    has.remove();
    has = after;
  }
}

function become(has, coming) {
  if (has.nodeType !== Node.ELEMENT_NODE) {
    if (has.data !== coming.data) has.data = coming.data;
    return;
  }
  for (const { name, value } of coming.attributes) if (has.getAttribute(name) !== value) has.setAttribute(name, value);
  for (const { name } of [...has.attributes]) if (!coming.hasAttribute(name)) has.removeAttribute(name);
  children(has, coming);
}
