package import RouteForm

/// The one thing that keys act on.
package enum Focus: Hashable, Sendable {
  case field(Address)
  /// A button, by what it does.
  case button(Action)
  /// A switch, by what it does, whichever way it stands.
  case toggle(Action)
  /// A line that leads somewhere, by its number in the step.
  case jump(Int)
  /// A line of the YAML, from 0.
  case yaml(Int)
}
