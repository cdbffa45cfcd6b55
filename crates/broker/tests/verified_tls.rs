//! Over `amqps://` the broker has to prove its name.

#![expect(clippy::unwrap_used, reason = "a test that can't go on must stop")]

use broker::{BrokerSettings, DeadLetters};
use test_kit::OwnRabbit;

async fn connects(url: &str, ca: Option<&str>) -> bool {
    let settings = BrokerSettings::parse(url, ca.map(str::to_owned)).unwrap();
    DeadLetters::connect(&settings, &[]).await.is_ok()
}

#[test]
fn a_broker_that_no_trusted_authority_vouches_for_gets_no_password() {
    let own = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let other = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let Some(rabbit) = OwnRabbit::start_with_tls(&own.cert.pem(), &own.signing_key.serialize_pem()) else {
        return;
    };
    test_kit::run(async {
        let url = rabbit.tls_url("localhost");
        assert!(connects(&url, Some(&own.cert.pem())).await);
        assert!(!connects(&url, None).await, "nobody vouches for it");
        assert!(!connects(&url, Some(&other.cert.pem())).await, "somebody else vouches for another one");
        assert!(!connects(&rabbit.tls_url("127.0.0.1"), Some(&own.cert.pem())).await, "its name is another");
    });
}
