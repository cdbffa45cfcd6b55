// Made by scripts/gen.sh from crates/people-file/src/column.rs.

/** What each column of a people's file may be called: letters, digits and %, in lower case. */
export const COLUMN_NAMES = {
  number: ["number", "no", "id", "studentnumber", "studentno", "studentid", "candidatenumber", "candidateno", "candidateid", "personnumber", "学号", "考号", "考生号", "准考证号", "编号", "工号", "学籍号"],
  name: ["name", "fullname", "displayname", "studentname", "candidatename", "姓名", "名字", "学生姓名", "考生姓名"],
  email: ["email", "mail", "emailaddress", "邮箱", "电子邮箱", "电子邮件", "邮件"],
  class: ["class", "classname", "classcode", "classid", "group", "班级", "班", "行政班", "教学班", "所在班级"],
  extra_percent: ["extrapercent", "extra%", "extratime%", "extratimein%", "extratimepercent", "extratimeinpercent", "加时百分比", "延时百分比", "加时%", "延时%"],
  extra_minutes: ["extraminutes", "extratimeminutes", "extratimeinminutes", "加时分钟", "延时分钟", "加时", "延时"],
  room: ["room", "roomno", "roomname", "hall", "examroom", "考场", "教室", "考场号", "考室"],
} as const satisfies Record<string, readonly string[]>;
