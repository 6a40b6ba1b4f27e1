//! What measurements ask of a running server beside the load: signing in, finding clients, counting visits.

use std::net::SocketAddr;

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::{
    ground::PASSWORD,
    wire::{Answer, Connection},
};

/// A signed-in person's connection to the server's API.
pub struct Office {
    addr: SocketAddr,
    email: String,
    token: String,
}

impl Office {
    /// Signs in.
    pub fn enter(addr: SocketAddr, email: &str) -> Result<Self> {
        let mut office = Self { addr, email: email.into(), token: String::new() };
        office.token = office.token()?;
        Ok(office)
    }

    /// Where it is asked.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    fn credentials(&self) -> String {
        json!({ "email": self.email, "password": PASSWORD }).to_string()
    }

    /// A new bearer token: they live for a quarter of an hour.
    pub fn token(&self) -> Result<String> {
        let answer = Connection::open(self.addr)?.ask("POST", "/api/v1/auth/token", "", &self.credentials())?;
        let token = data(&answer)?["accessToken"].as_str().map(str::to_owned);
        token.context("no accessToken in the answer to auth/token")
    }

    /// The session cookie of a new browser session, as `name=value`.
    pub fn cookie(&self) -> Result<String> {
        let answer =
            Connection::open(self.addr)?.ask("POST", "/api/v1/auth/session", "sec-fetch-site: same-origin\r\n", &self.credentials())?;
        data(&answer)?;
        let cookie = answer.header("set-cookie").and_then(|line| line.split(';').next());
        cookie.map(str::to_owned).context("no cookie in the answer to auth/session")
    }

    /// Asks the API; `headers` are whole lines.
    pub fn ask(&self, method: &str, path: &str, headers: &str, body: &Value) -> Result<Answer> {
        let headers = format!("authorization: Bearer {}\r\n{headers}", self.token);
        let body = if body.is_null() { String::new() } else { body.to_string() };
        Ok(Connection::open(self.addr)?.ask(method, &format!("/api/v1/{path}"), &headers, &body)?)
    }

    /// The `data` of an answer.
    pub fn get(&self, path: &str) -> Result<Value> {
        data(&self.ask("GET", path, "", &Value::Null)?)
    }

    /// Ids of the first clients.
    pub fn clients(&self, limit: usize) -> Result<Vec<String>> {
        let listed = self.get(&format!("clients?limit={limit}"))?;
        let items = listed["items"].as_array().context("clients answered without items")?;
        Ok(items.iter().filter_map(|client| client["id"].as_str().map(str::to_owned)).collect())
    }

    /// How many visits this person has.
    pub fn visits(&self) -> Result<u64> {
        self.get("visits?limit=1")?["total"].as_u64().context("visits answered without a total")
    }
}

/// The `data` of a good answer; another one is an error that shows it.
pub fn data(answer: &Answer) -> Result<Value> {
    let text = String::from_utf8_lossy(&answer.body);
    if !(200..300).contains(&answer.status) {
        bail!("the server answered {}: {}", answer.status, text.chars().take(400).collect::<String>());
    }
    let mut whole: Value = serde_json::from_str(&text).context("the answer is no JSON")?;
    Ok(whole["data"].take())
}
