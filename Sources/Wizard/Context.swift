import Screen

/// What panels and pages may know of the wizard, and cannot change.
struct Context: Sendable {
  let workspace: Workspace
  let navigation: Navigation
  let keymap: Keymap
  let size: Size
}
