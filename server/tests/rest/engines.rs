//! Every test twice: on SQLite and on PostgreSQL.

/// Runs each test with a company of its own on each engine.
macro_rules! both_engines {
    ($(async fn $name:ident($house:ident) $body:block)*) => {
        $(async fn $name($house: crate::house::House) $body)*

        mod sqlite {
            $(#[tokio::test]
            async fn $name() {
                if let Some(house) = crate::house::House::sqlite().await {
                    super::$name(house).await;
                }
            })*
        }

        mod postgres {
            $(#[tokio::test]
            async fn $name() {
                if let Some(house) = crate::house::House::postgres().await {
                    super::$name(house).await;
                }
            })*
        }
    };
}
