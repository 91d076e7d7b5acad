package import RouteForm

/// The one thing that keys act on.
package enum Focus: Hashable, Sendable {
  case field(Address)
  /// A button or switch, by its title, which is unique in a step.
  case button(String)
  /// A line that leads somewhere, by its number in the step.
  case jump(Int)
  /// A line of the YAML, from 0.
  case yaml(Int)
}
