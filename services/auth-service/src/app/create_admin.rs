//! Makes an administrator from the command line: the first one of an installation, or one more when nobody can sign in.

use auth_api::DisplayName;
use authz::{AccountId, Actor, Grant, Role, UnitPath};
use foundation::Problem;

use crate::{
    AuthService,
    app::{
        create_account::{fresh, insert},
        problems,
    },
    domain::{
        account::{NewAccount, Username},
        password::Password,
    },
    store,
};

impl AuthService {
    /// Makes an administrator of the whole institution, who can sign in at once.
    ///
    /// # Errors
    /// 409 for a user name that is taken, 422 for a password that isn't good enough.
    pub async fn create_admin(
        &self,
        username: Username,
        display_name: DisplayName,
        password: Password,
    ) -> Result<AccountId, Problem> {
        let actor = Actor::System("command-line");
        let new =
            NewAccount { username, display_name, number: None, email: None, home: UnitPath::institution() };
        let mut account = fresh(self, new, self.clock.now());
        problems::check_new_password(&password, &account.names(), "password")?;
        account.password_hash = Some(self.passwords.hash(password).await?);

        let mut tx = self.db.begin().await?;
        insert(self, &mut tx, &actor, &account).await?;
        let grant = Grant { role: Role::Admin, unit: UnitPath::institution() };
        store::grants::insert(&mut tx, account.id, &grant, account.created_at).await?;
        let subject = ("account", account.id.to_string());
        let detail = serde_json::json!({ "role": grant.role, "unit": grant.unit });
        self.record(&mut tx, &actor, "role.granted", subject, detail).await?;
        tx.commit().await?;
        Ok(account.id)
    }

    /// Makes the next key that signs access tokens; it starts to sign in ten minutes. Answers its id.
    ///
    /// # Errors
    /// When the database can't take it.
    pub async fn rotate_signing_key(&self) -> Result<String, Problem> {
        self.keys.rotate().await
    }
}
