//! Where imported questions go: which categories are there, which have to be made.

use std::collections::HashMap;

use question_api::{BankId, CategoryId};

use super::{
    category::{CategoryName, CategoryNode, child_path, name_paths},
    limits::{CATEGORIES_PER_BANK_MAX, CATEGORY_DEPTH_MAX, CATEGORY_NAME_CHARS_MAX},
};

/// The categories of a bank while a file is imported.
pub struct CategoryPlan<'a> {
    bank: BankId,
    known: HashMap<Vec<String>, CategoryNode>,
    new: Vec<CategoryNode>,
    new_id: &'a dyn Fn() -> CategoryId,
}

/// Why a category can't be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CategoryRefused {
    /// Too many below one another.
    TooDeep,
    /// A name that is too long, or holds what no name may hold.
    Name,
    /// No room in the bank.
    TooMany,
}

impl CategoryRefused {
    /// Stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::TooDeep => "question.category_too_deep",
            Self::Name => "question.category_name_invalid",
            Self::TooMany => "question.too_many_categories",
        }
    }

    /// One sentence for the person.
    pub fn message(self) -> String {
        match self {
            Self::TooDeep => {
                format!("Its category lies too deep: at most {CATEGORY_DEPTH_MAX} below one another.")
            }
            Self::Name => {
                format!(
                    "The name of its category is too long (at most {CATEGORY_NAME_CHARS_MAX} characters) or no name."
                )
            }
            Self::TooMany => {
                format!("The bank has no room for its category: at most {CATEGORIES_PER_BANK_MAX}.")
            }
        }
    }
}

impl<'a> CategoryPlan<'a> {
    /// Goes out from the categories that are there; `new_id` names new ones.
    pub fn new(bank: BankId, nodes: Vec<CategoryNode>, new_id: &'a dyn Fn() -> CategoryId) -> Self {
        let mut paths = name_paths(&nodes);
        let known = nodes.into_iter().filter_map(|node| Some((paths.remove(&node.id)?, node))).collect();
        Self { bank, known, new: Vec::new(), new_id }
    }

    /// The category of this path, to be made if it isn't there; none for an empty path.
    ///
    /// # Errors
    /// When it can't be made; then none of its new outer categories is.
    pub fn place(&mut self, path: &[String]) -> Result<Option<CategoryId>, CategoryRefused> {
        let mut names = Vec::with_capacity(path.len());
        for name in path {
            let name = CategoryName::new(name).map_err(|_| CategoryRefused::Name)?;
            names.push(name.into_string());
        }
        if let Some(node) = self.known.get(&names) {
            return Ok(Some(node.id));
        }
        if names.len() > CATEGORY_DEPTH_MAX {
            return Err(CategoryRefused::TooDeep);
        }
        let missing = (1..=names.len()).filter(|depth| !self.known.contains_key(&names[..*depth])).count();
        if self.known.len() + missing > CATEGORIES_PER_BANK_MAX {
            return Err(CategoryRefused::TooMany);
        }
        let mut parent: Option<CategoryNode> = None;
        for depth in 1..=names.len() {
            let node = match self.known.get(&names[..depth]) {
                Some(node) => node.clone(),
                None => self.make(&names[..depth], parent.as_ref())?,
            };
            parent = Some(node);
        }
        Ok(parent.map(|node| node.id))
    }

    fn make(
        &mut self,
        names: &[String],
        parent: Option<&CategoryNode>,
    ) -> Result<CategoryNode, CategoryRefused> {
        let id = (self.new_id)();
        let path = child_path(parent.map(|parent| parent.path.as_str()), id)
            .map_err(|_| CategoryRefused::TooDeep)?;
        let node = CategoryNode {
            id,
            bank_id: self.bank,
            parent_id: parent.map(|parent| parent.id),
            name: names.last().cloned().unwrap_or_default(),
            path,
        };
        self.known.insert(names.to_vec(), node.clone());
        self.new.push(node.clone());
        Ok(node)
    }

    /// The categories to be made, outer ones before inner ones.
    pub fn into_new(self) -> Vec<CategoryNode> {
        self.new
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use uuid::Uuid;

    use super::*;

    fn path(names: &str) -> Vec<String> {
        names.split('/').map(str::to_owned).collect()
    }

    #[test]
    fn what_is_there_is_used_and_what_is_missing_is_made_once() {
        let counter = Cell::new(0);
        let new_id = || {
            counter.set(counter.get() + 1);
            CategoryId::from_uuid(Uuid::from_u128(counter.get()))
        };
        let bank = BankId::from_uuid(Uuid::from_u128(99));
        let mut first = CategoryPlan::new(bank, Vec::new(), &new_id);
        let functions = first.place(&path("数学/函数")).unwrap();
        assert_eq!(first.place(&path("数学/函数")).unwrap(), functions);
        assert_eq!(first.place(&[]).unwrap(), None);
        let nodes = first.into_new();
        assert_eq!(nodes.iter().map(|node| node.name.as_str()).collect::<Vec<_>>(), ["数学", "函数"]);

        let mut second = CategoryPlan::new(bank, nodes, &new_id);
        assert_eq!(second.place(&path("数学/函数")).unwrap(), functions);
        second.place(&path("数学/几何")).unwrap();
        assert_eq!(second.into_new().len(), 1);
    }

    #[test]
    fn what_is_too_deep_or_no_name_is_refused_and_makes_nothing() {
        let new_id = || CategoryId::from_uuid(Uuid::from_u128(1));
        let mut plan = CategoryPlan::new(BankId::from_uuid(Uuid::from_u128(9)), Vec::new(), &new_id);
        assert_eq!(plan.place(&path("a/b/c/d/e/f/g/h/i/j/k")), Err(CategoryRefused::TooDeep));
        assert_eq!(plan.place(&["x".repeat(201)]), Err(CategoryRefused::Name));
        assert_eq!(plan.place(&["a".to_owned(), "\u{7}".to_owned()]), Err(CategoryRefused::Name));
        assert!(plan.into_new().is_empty());
    }
}
