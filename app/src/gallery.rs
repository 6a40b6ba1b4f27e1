//! Every component of the design system in all its states, on one page, to look at in both themes.

use leptos::prelude::*;

use crate::markup::{self, Markup};
use crate::roll::Roll;
use crate::ui::*;

const LIGHTS: [(LightKind, &str); 5] = [
    (LightKind::Red, "6 days over"),
    (LightKind::Amber, "due in 3 days"),
    (LightKind::Green, "until 18 Dec"),
    (LightKind::Grey, "never visited"),
    (LightKind::Planned, "Mon 09:00"),
];

const SYNC: [SyncState; 8] = [
    SyncState::Checking,
    SyncState::NoStorage,
    SyncState::AllSent,
    SyncState::OnPhone(2),
    SyncState::Sending(2),
    SyncState::Attention(1),
    SyncState::Offline(3),
    SyncState::SignIn(2),
];

/// The page.
#[component]
pub fn Gallery() -> impl IntoView {
    let notice = RwSignal::new(None::<Notice>);
    view! {
        <PageHeader
            title="Gallery"
            sub="Every component in every state"
            back=Back { href: "/".to_owned(), label: "Today" }
            trailing=|| view! { <SyncChip state=SyncState::AllSent href="/outbox" /> }
        />
        <div class="page">
            {lights()} {chips()} {buttons()} {fields()} {lists()} {states()} {surfaces()} {overlays(notice)} {long_list()}
            {icons()}
        </div>
        <Toast notice />
    }
}

fn lights() -> AnyView {
    let badges = LIGHTS.map(|(kind, words)| view! { <Light kind words /> });
    let boxes = LIGHTS.map(|(kind, words)| {
        view! {
            <Why kind title=format!("{}: {words}", kind.name())>
                <p>"Last visit 10 October by you, 41 days ago. A completed visit clears it until 25 December."</p>
            </Why>
        }
    });
    view! {
        <Section title="Lights" aside="shape, colour, words">
            <div class="cluster">{badges.collect_view()}</div>
            {boxes.collect_view()}
        </Section>
    }
    .into_any()
}

fn chips() -> AnyView {
    let pressed = RwSignal::new(false);
    let lights = LIGHTS.map(|(light, _)| {
        let on = RwSignal::new(light == LightKind::Amber);
        view! { <Chip light count="31" pressed=on on_press=move || on.update(|on| *on = !*on) /> }
    });
    let tones = [Tone::Plain, Tone::Good, Tone::Warn, Tone::Bad, Tone::Info];
    let tags = tones.map(|tone| view! { <Tag words=format!("{tone:?}") tone /> });
    let sync = SYNC.map(|state| view! { <SyncChip state href="/outbox" /> });
    view! {
        <Section title="Chips, tags, sync">
            <Chips label="Light">
                <Chip label="All" count="214" pressed=true on_press=|| () />
                {lights.collect_view()}
            </Chips>
            <Chips label="Segment">
                <Chip label="Archived" glyph=Glyph::Archive pressed=pressed on_press=move || pressed.update(|on| *on = !*on) />
                <ChipLink href="/gallery" label="Dealers" count="12" current=true />
                <ChipLink href="/gallery" label="Farms" />
            </Chips>
            <div class="cluster">{tags.collect_view()}</div>
            <div class="cluster">{sync.collect_view()}</div>
        </Section>
    }
    .into_any()
}

fn buttons() -> AnyView {
    let looks = [Look::Primary, Look::Quiet, Look::Plain, Look::Danger];
    let plain = looks.map(|look| view! { <Button look>{format!("{look:?}")}</Button> });
    let small = looks.map(|look| view! { <Button look small=true glyph=Glyph::Check>"Small"</Button> });
    view! {
        <Section title="Buttons">
            <div class="cluster">{plain.collect_view()}</div>
            <div class="cluster">{small.collect_view()}</div>
            <div class="cluster">
                <Button disabled=true>"Disabled"</Button>
                <Button busy=true>"Saving"</Button>
                <ButtonLink href="/gallery" look=Look::Quiet glyph=Glyph::Plus>"A link"</ButtonLink>
                <IconButton glyph=Glyph::Menu label="More actions" on_press=|| () />
            </div>
            <div class="actions">
                <ActionTile href="tel:+254700000000".to_owned() glyph=Glyph::Call label="Call" external=true />
                <ActionTile href=None glyph=Glyph::Directions label="Directions" />
                <ActionTileButton glyph=Glyph::Calendar label="Plan" on_press=|| () />
                <ActionTileButton glyph=Glyph::Note label="Log" on_press=|| () disabled=true />
            </div>
            <Button wide=true glyph=Glyph::Pin>"Check in at Mutua Hardware"</Button>
        </Section>
    }
    .into_any()
}

fn fields() -> AnyView {
    let text = |words: &str| RwSignal::new(words.to_owned());
    let tiers = vec![("a", "A"), ("b", "B"), ("c", "C")];
    let towns = vec![("athi".to_owned(), "Athi River".to_owned()), ("thika".to_owned(), "Thika".to_owned())];
    let wrong = Some("A telephone number has at least 7 digits.".to_owned());
    view! {
        <Section title="Forms">
            <div class="form">
                <FormErrors message=Some("Two fields need another look.".to_owned()) />
                <SearchField name="search" label="Search 214 clients" value=text("mutua") />
                <div class="form__pair">
                    <TextField name="name" label="Name" value=text("Mutua Hardware") required=true maxlength=120 />
                    <TextField name="phone" label="Telephone" value=text("0722 55") kind="tel" error=wrong.clone() hint="With the country's code" />
                    <TextField name="locked" label="Owner" value=text("Wanjiru Kamau") disabled=true />
                    <TextField name="day" label="By" value=text("2026-11-27") kind="date" />
                </div>
                <Choice name="town" label="Town" value=text("thika") options=towns empty="Choose a town" />
                <Segmented name="tier" legend="Tier" options=tiers value=text("b") />
                <TextArea name="notes" label="Notes" value=text("") maxlength=2000 hint="Seen by everyone who sees this client" />
                <CheckField name="here" label="Set the location to here" checked=RwSignal::new(true) hint="12 m accuracy" />
            </div>
        </Section>
    }
    .into_any()
}

fn sample(index: usize) -> RowText {
    let (kind, words) = LIGHTS[index % LIGHTS.len()];
    RowText {
        href: "/gallery".to_owned(),
        title: format!("Client {}", index + 1),
        light: Some((kind, words.to_owned())),
        sub: "Athi River · A".to_owned(),
        end: format!("{} km", index + 2),
        note: String::new(),
    }
}

fn lists() -> AnyView {
    let promise = RowText { note: "Promise due today: quote for 3 chaff cutters".to_owned(), ..sample(0) };
    let plain = RowText { light: None, end: "10:32".to_owned(), ..sample(6) };
    view! {
        <Section title="Rows" aside="2,014 in all">
            <Rows>
                <Row row=promise />
                <Row row=sample(1) />
                <Row row=sample(4) />
                <Row row=plain />
            </Rows>
            <Menu>
                <MenuLink href="/gallery" glyph=Glyph::Upload label="Outbox" sub="2 need attention" end="2" />
                <MenuButton glyph=Glyph::SignOut label="Sign out" danger=true on_press=|| () />
            </Menu>
            <Pager words="51–100 of 2,014" prev=Some("/gallery".to_owned()) next=Some("/gallery".to_owned()) />
        </Section>
    }
    .into_any()
}

fn states() -> AnyView {
    let failed = RwSignal::new(Some("Promises could not be read. The rest of the page is up to date.".to_owned()));
    let kinds = [
        (BannerKind::Info, "Good to know."),
        (BannerKind::Good, "It worked."),
        (BannerKind::Warn, "Sign in to send 2 changes."),
        (BannerKind::Bad, "This phone has no space left. Nothing more can be saved."),
        (BannerKind::Offline, "No network. What you enter is kept on this phone."),
        (BannerKind::Demo, "Demo data: nothing here is real"),
        (BannerKind::Day, "Showing 17 July 2015, as if it were today"),
    ];
    let banners = kinds.map(|(kind, words)| view! { <Banner kind>{words}</Banner> });
    view! {
        <Section title="States">
            {banners.collect_view()}
            <Skeleton rows=3 />
            <Card>
                <Empty glyph=Glyph::Search title="No client matches “zanzibar”" words="Check the spelling, or search prospects.">
                    <ButtonLink href="/gallery" look=Look::Quiet>"Search prospects"</ButtonLink>
                </Empty>
            </Card>
        </Section>
        <Panel title="A panel that failed" failed on_retry=move || failed.set(None)>
            <Card pad=true>"It works again."</Card>
        </Panel>
    }
    .into_any()
}

fn surfaces() -> AnyView {
    view! {
        <Section title="Surfaces">
            <Card pad=true>
                <p class="figures__label">"Today’s target"</p>
                <p class="figures__value">"KES 412,300"</p>
                <Bar value=0.68 pace=0.6 label="68 % of today’s target, 60 % would be on pace" />
            </Card>
            <Facts>
                <Fact label="Address">"Namanga Road, Athi River"</Fact>
                <Fact label="Owner"><span class="cluster"><Avatar name="Wanjiru Kamau" />"Wanjiru Kamau"</span></Fact>
            </Facts>
        </Section>
    }
    .into_any()
}

fn overlays(notice: RwSignal<Option<Notice>>) -> AnyView {
    let open = RwSignal::new(false);
    let undo = move || notice.set(Some(Notice::new("Undone")));
    let save = move || notice.set(Some(Notice::new("Saved on this phone").with_action("Undo", undo)));
    view! {
        <Section title="Sheet and notice">
            <div class="cluster">
                <Button look=Look::Quiet on_press=move || open.set(true)>"Open the sheet"</Button>
                <Button look=Look::Quiet on_press=save>"Show a notice"</Button>
            </div>
            <Sheet open title="Filter clients" foot=move || view! { <Button on_press=move || open.set(false)>"Show 31 clients"</Button> }>
                <p>"Its content is built when it opens."</p>
            </Sheet>
        </Section>
    }
    .into_any()
}

fn long_list() -> AnyView {
    const ROWS: usize = 5_000;
    let rows = Callback::new(|(from, many): (usize, usize)| {
        let mut m = Markup::default();
        for place in from..(from + many).min(ROWS) {
            let (number, light) = ((place + 1).to_string(), (LightKind::Green, "until 18 December"));
            let row = markup::Row {
                href: "/gallery",
                title: &number,
                light: Some(light),
                sub: "Thika · B",
                place: Some((place + 1, ROWS)),
                ..markup::Row::default()
            };
            m.row(&row);
        }
        m.done()
    });
    view! {
        <Section title="Long list" aside="5,000 rows">
            <Roll count=Signal::stored(ROWS) label="Sample clients" rows />
        </Section>
    }
    .into_any()
}

fn icons() -> AnyView {
    let all = Glyph::ALL.map(|glyph| view! { <span class="tile"><Icon glyph />{format!("{glyph:?}")}</span> });
    view! {
        <Section title="Icons">
            <div class="actions">{all.into_iter().collect_view()}</div>
        </Section>
    }
    .into_any()
}
