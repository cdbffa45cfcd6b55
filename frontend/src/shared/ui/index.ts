export { Announcer, announce } from "./Announcer";
export { Badge, type Tone } from "./Badge";
export { Banner } from "./Banner";
export { Button, type ButtonProps, buttonClass, IconButton } from "./Button";
export { Card, EmptyState, PageHeader } from "./Card";
export { Checkbox, Switch } from "./Checkbox";
export { Crumbs } from "./Crumbs";
export { Dialog, type DialogProps } from "./Dialog";
export { Disclosure } from "./Disclosure";
export { ErrorNote } from "./ErrorNote";
export { controlClass, Field, FieldError, type FieldProps } from "./Field";
export { FileDrop } from "./FileDrop";
export { Menu, MenuChoice, MenuItem, MenuSeparator } from "./Menu";
export { findSlip, NumberField } from "./NumberField";
export {
  applyPreferences,
  type Preferences,
  setPreferences,
  TEXT_SIZES,
  THEMES,
  usePreferences,
} from "./preferences";
export { RadioGroup, type RadioOption } from "./RadioGroup";
export { SearchField } from "./SearchField";
export { Segmented } from "./Segmented";
export { Select, type SelectOption } from "./Select";
export { LanguageMenu, ThemeMenu } from "./Settings";
export { Loading, Spinner } from "./Spinner";
export { type Column, Table } from "./Table";
export { type Tab, Tabs } from "./Tabs";
export { TextArea, TextField } from "./TextField";
export { Toasts, toast } from "./Toast";
export { Tooltip } from "./Tooltip";
