//! Forgets what nobody needs any more: sessions long over, old failures, browsers that never came back.

use foundation::{Problem, Span};

use crate::{AuthService, app::problems::days, domain::lockout, store};

/// How long a session that is over stays, for whoever looks into a theft.
const SESSIONS_STAY_DAYS: i64 = 30;
/// How long a browser is known that doesn't come back: as long as a browser may keep a cookie.
pub const DEVICES_STAY_DAYS: i64 = 400;

/// What was forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pruned {
    /// Sessions, with their refresh tokens.
    pub sessions: u64,
    /// Failed sign-ins, by name and source.
    pub failures: u64,
    /// Browsers, by account.
    pub devices: u64,
}

/// Forgets it, in short transactions.
///
/// # Errors
/// When the database can't take it.
pub async fn prune(service: &AuthService) -> Result<Pruned, Problem> {
    let now = service.clock.now();
    let before = |span: Span| now - span;
    let mut tx = service.db.begin().await?;
    let sessions = store::sessions::prune(&mut tx, before(days(SESSIONS_STAY_DAYS))).await?;
    tx.commit().await?;
    let mut tx = service.db.begin().await?;
    let failures = store::failures::prune(&mut tx, before(lockout::forgotten())).await?;
    let devices = store::devices::prune(&mut tx, before(days(DEVICES_STAY_DAYS))).await?;
    tx.commit().await?;
    Ok(Pruned { sessions, failures, devices })
}

#[cfg(test)]
mod tests {
    use foundation::Span;
    use test_kit::TestDatabase;

    use super::*;
    use crate::http::testing::Scene;

    test_kit::on_both_databases! {
        async fn what_is_old_is_forgotten_and_what_is_in_use_stays(database: TestDatabase) {
            let scene = Scene::set(&database).await;
            scene.person("wei.li", &[]).await;
            scene.sign_in("wei.li").await;
            scene.try_login("wei.li", "a guess", "203.0.113.1").await.problem(401);
            assert_eq!(prune(&scene.service).await.unwrap(), Pruned { sessions: 0, failures: 0, devices: 0 });
            scene.clock.advance(Span::from_minutes(60 * 13));
            assert_eq!(prune(&scene.service).await.unwrap(), Pruned { sessions: 0, failures: 1, devices: 0 });
            scene.clock.advance(days(31));
            assert_eq!(prune(&scene.service).await.unwrap(), Pruned { sessions: 1, failures: 0, devices: 0 });
            scene.clock.advance(days(400));
            assert_eq!(prune(&scene.service).await.unwrap(), Pruned { sessions: 0, failures: 0, devices: 1 });
        }
    }
}
