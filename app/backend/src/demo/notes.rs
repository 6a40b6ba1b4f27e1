//! What reps write down: notes, next steps and plans put together from parts, so that no two visits read the same.

use super::dice::Dice;

const MACHINES: [&str; 16] = [
    "the 75 hp tractor",
    "the backhoe loader",
    "the 3-ton forklift",
    "the 30 kVA generator",
    "the disc harrow",
    "the water pump",
    "the block machine",
    "the walking tractor",
    "the maize sheller",
    "the compactor",
    "the concrete mixer",
    "the chaff cutter",
    "the milking machine",
    "the trailer",
    "the mini excavator",
    "the hammer mill",
];
const PARTS: [&str; 12] = [
    "oil filters",
    "hydraulic hoses",
    "V-belts",
    "injector nozzles",
    "bucket teeth",
    "brake linings",
    "a clutch plate",
    "bearings",
    "tyres",
    "engine oil in drums",
    "a fuel pump",
    "battery cells",
];
const OPENINGS: [&str; 12] = [
    "Met the owner.",
    "Met the manager in the yard.",
    "Short visit between two customers.",
    "Long talk over tea.",
    "The purchasing officer had the list ready.",
    "Walked the workshop together.",
    "Owner was travelling, spoke to the son.",
    "Busy day at the counter.",
    "They asked me to come back after the rains.",
    "New storekeeper, introduced ourselves.",
    "Stock was counted while I was there.",
    "The yard is full of old machines.",
];
const NEEDS: [&str; 14] = [
    "Wants a price for {m} by Friday.",
    "Asked whether {m} can be paid in three parts.",
    "{M} runs well since the last service.",
    "Short of {p}, took the order on the spot.",
    "Says {p} are cheaper across the road: brought our quality to their notice.",
    "Needs {p} every month, proposed a standing order.",
    "Would trade in an old machine for {m}.",
    "Asked for a demonstration of {m} on their own ground.",
    "Complained about the wait for {p}; promised to follow it up.",
    "Compared {m} with a second-hand import.",
    "Bank has approved the loan for {m}.",
    "Season is slow, nothing before next month.",
    "Is opening a second yard and will need {m}.",
    "Showed me a job where {m} would pay for itself.",
];
const CLOSINGS: [&str; 10] = [
    "Left the new price list.",
    "Took pictures of the worn parts.",
    "Agreed to call next week.",
    "Payment of the last invoice promised.",
    "Gave the brochure.",
    "Asked for a reference customer nearby.",
    "Good mood.",
    "Keep an eye on the credit limit.",
    "Service book stamped.",
    "Competitor's van was outside.",
];
const SHORT: [&str; 8] = [
    "Nobody there, gate locked.",
    "Delivered, signed by the storekeeper.",
    "Collected the cheque.",
    "Closed for the day.",
    "Invoice paid by M-Pesa, receipt given.",
    "Handed over two boxes, one back-ordered.",
    "Owner at a funeral, back on Monday.",
    "Quick check of the machine, all well.",
];
const STEPS: [&str; 12] = [
    "Send the quotation for {m}",
    "Bring {p}",
    "Arrange a demonstration of {m}",
    "Ask the workshop for a date",
    "Send the statement of account",
    "Call about {m}",
    "Bring the loan forms",
    "Find out when {p} arrive",
    "Send pictures of {m} at work",
    "Agree on the trade-in value",
    "Collect the signed order",
    "Bring the service engineer",
];
const PLANS: [&str; 8] = [
    "Follow up on {m}.",
    "Show the new price list.",
    "Take stock of {p}.",
    "Introduce the service engineer.",
    "Collect payment and the next order.",
    "Talk about {m} before the season.",
    "Regular visit.",
    "Hand over the quotation.",
];

fn filled(dice: &mut Dice, text: &str) -> String {
    let machine = *dice.pick(&MACHINES);
    let part = *dice.pick(&PARTS);
    let capital = format!("{}{}", machine[..1].to_uppercase(), &machine[1..]);
    text.replace("{m}", machine).replace("{M}", &capital).replace("{p}", part)
}

/// What was found and agreed.
pub(super) fn note(dice: &mut Dice) -> String {
    if dice.chance(22) {
        return (*dice.pick(&SHORT)).to_owned();
    }
    let mut parts = Vec::with_capacity(3);
    if dice.chance(60) {
        parts.push((*dice.pick(&OPENINGS)).to_owned());
    }
    let need = *dice.pick(&NEEDS);
    parts.push(filled(dice, need));
    if dice.chance(55) {
        parts.push((*dice.pick(&CLOSINGS)).to_owned());
    }
    parts.join(" ")
}

/// What was promised.
pub(super) fn step(dice: &mut Dice) -> String {
    let step = *dice.pick(&STEPS);
    filled(dice, step)
}

/// What a visit is planned for.
pub(super) fn plan(dice: &mut Dice) -> String {
    let plan = *dice.pick(&PLANS);
    filled(dice, plan)
}
