// The browser every journey uses: the system's Chromium, kept from talking to anybody but the server under test.
export const BROWSER = {
  executablePath: process.env.FIELDLIGHT_CHROMIUM || "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};
