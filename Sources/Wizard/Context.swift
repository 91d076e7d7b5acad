import Screen

/// A read-only view of the wizard for panels and pages.
///
/// A panel gets it with each input and with each frame, and answers with a `Response`; so no panel
/// can reach into another one or into the form. It shares the wizard's storage, so that making it
/// costs almost nothing.
struct Context: Sendable {
  @CopyOnWrite private(set) var workspace: Workspace
  let navigation: Navigation
  let keymap: Keymap
  let size: Size

  init(workspace: CopyOnWrite<Workspace>, navigation: Navigation, keymap: Keymap, size: Size) {
    _workspace = workspace
    self.navigation = navigation
    self.keymap = keymap
    self.size = size
  }
  /// The same with the focus on the field that one came from to the button of the menu: what is
  /// chosen there is meant for that.
  var besideMenu: Context {
    guard navigation.focus == .button(.command(.menu)), let field = navigation.lastField,
      page.position(of: .field(field)) != nil
    else { return self }
    var there = navigation
    there.focus = .field(field)
    return Context(workspace: _workspace, navigation: there, keymap: keymap, size: size)
  }
}
