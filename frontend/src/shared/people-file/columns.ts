/** What a column of a people's file can be. */
export type PeopleField = "number" | "name" | "email" | "class" | "extra_percent" | "extra_minutes";

/**
 * The names by which columns are recognised, in lower case without spaces, `_`, `-`, quotes and brackets. What the page
 * calls a field (`fields` in the texts of every language) has to be among them: people name their columns so.
 */
const NAMES: Record<PeopleField, readonly string[]> = {
  number: [
    "number",
    "no",
    "id",
    "studentnumber",
    "studentno",
    "studentid",
    "candidatenumber",
    "candidateno",
    "candidateid",
    "personnumber",
    "学号",
    "考号",
    "考生号",
    "准考证号",
    "编号",
    "工号",
    "学籍号",
  ],
  name: [
    "name",
    "fullname",
    "displayname",
    "studentname",
    "candidatename",
    "姓名",
    "名字",
    "学生姓名",
    "考生姓名",
  ],
  email: ["email", "mail", "emailaddress", "邮箱", "电子邮箱", "电子邮件", "邮件"],
  class: ["class", "classname", "classid", "group", "班级", "班", "行政班", "教学班", "所在班级"],
  extra_percent: [
    "extrapercent",
    "extra%",
    "extratime%",
    "extratimein%",
    "extratimepercent",
    "extratimeinpercent",
    "加时百分比",
    "延时百分比",
    "加时%",
    "延时%",
  ],
  extra_minutes: [
    "extraminutes",
    "extratimeminutes",
    "extratimeinminutes",
    "加时分钟",
    "延时分钟",
    "加时",
    "延时",
  ],
};

/** What a column is by its title, among `fields`; null when the title says nothing. */
export function fieldOf(title: string, fields: readonly PeopleField[]): PeopleField | null {
  const folded = title
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s_\-()"']/g, "");
  return fields.find((field) => NAMES[field].includes(folded)) ?? null;
}

/** What each column is by its title; a field that two columns name is the first one's. */
export function guessColumns(
  titles: readonly string[],
  fields: readonly PeopleField[],
): (PeopleField | null)[] {
  const taken = new Set<PeopleField>();
  return titles.map((title) => {
    const field = fieldOf(title, fields);
    if (field === null || taken.has(field)) return null;
    taken.add(field);
    return field;
  });
}
