//! Prints the columns' names for the frontend: `scripts/gen.sh` keeps them.

use people_file::Column;

fn main() {
    println!("// Made by scripts/gen.sh from crates/people-file/src/column.rs.");
    println!();
    println!(
        "/** What each column of a people's file may be called: letters, digits and %, in lower case. */"
    );
    println!("export const COLUMN_NAMES = {{");
    for column in Column::ALL {
        let names: Vec<String> = column.names().iter().map(|name| format!("{name:?}")).collect();
        println!("  {}: [{}],", column.field(), names.join(", "));
    }
    println!("}} as const satisfies Record<string, readonly string[]>;");
}
