//! `fieldlight company`: the settings every figure depends on, shown and changed.

use backend::company;
use domain::{calendar::Zone, clients::fields::RADIUS_M, money::Currency};

use super::{Failed, open};
use crate::{config::Config, say::say};

/// What to change; nothing: shows what is set.
#[derive(Debug, clap::Args)]
pub struct Company {
    /// The company's name.
    #[arg(long)]
    name: Option<String>,
    /// Currency of all amounts, as three capital letters; fixed once there are any.
    #[arg(long, value_parser = currency)]
    currency: Option<Currency>,
    /// Month the fiscal year starts in, 1 to 12.
    #[arg(long, value_parser = clap::value_parser!(u8).range(1..=12))]
    fiscal_start: Option<u8>,
    /// Time zone business days are counted in, by its IANA name: Africa/Nairobi.
    #[arg(long, value_parser = zone)]
    time_zone: Option<Zone>,
    /// Metres around a client within which a check-in passes, where the client does not say otherwise.
    #[arg(long, value_parser = radius)]
    radius: Option<u32>,
}

impl Company {
    /// Changes and shows them.
    pub async fn run(self, config: &Config) -> Result<(), Failed> {
        let backend = open::company(config).await?;
        let mut settings = company::settings(&backend).await?;
        let before = settings.clone();
        settings.name = self.name.unwrap_or(settings.name);
        settings.currency = self.currency.unwrap_or(settings.currency);
        settings.fiscal_start_month = self.fiscal_start.unwrap_or(settings.fiscal_start_month);
        settings.zone = self.time_zone.unwrap_or(settings.zone);
        settings.policy.radius_m = self.radius.unwrap_or(settings.policy.radius_m);
        let changed = if settings == before { Ok(()) } else { company::configure(&backend, settings.clone()).await };
        backend.close().await;
        changed?;
        say!("{}", settings.name);
        say!("  currency      {}", settings.currency.code());
        say!("  fiscal year   starts in month {}", settings.fiscal_start_month);
        say!("  time zone     {}", settings.zone.name);
        say!("  check-in      within {} m", settings.policy.radius_m);
        Ok(())
    }
}

fn zone(name: &str) -> Result<Zone, String> {
    company::zone(name).ok_or_else(|| "write the name of a time zone, for example Africa/Nairobi or Europe/London".into())
}

fn radius(text: &str) -> Result<u32, String> {
    let metres = text.parse().ok().filter(|metres| RADIUS_M.contains(metres));
    metres.ok_or_else(|| format!("write {} to {} metres", RADIUS_M.start(), RADIUS_M.end()))
}

fn currency(text: &str) -> Result<Currency, String> {
    Currency::parse(text).ok_or_else(|| "write three capital letters, for example KES".into())
}
