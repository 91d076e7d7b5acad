import RouteForm
import Wizard

/// One thing to be asked, in a line.
struct Question: Sendable {
  /// What identifies it, however often the form changes.
  enum Key: Hashable, Sendable {
    case field(Address)
    case toggle(String)
    /// A row to be added to a list of so many.
    case addition(Address, Int)
    /// A key to be added to a mapping.
    case entry(Address)
    /// What lies deeper.
    case ways
    case provider(Address)
    case route
    case firstError
    case write
  }

  /// What an answer does.
  enum Kind: Sendable {
    case text(Address)
    /// One of a few texts.
    case choice(Address, [String])
    /// A switch, and what turns it.
    case toggle(isOn: Bool, LinearRequest)
    /// Whether a row is added.
    case addition(FormEdit)
    /// A key to be added to a mapping.
    case entry(Address)
    /// What lies deeper, of which one is opened.
    case ways([NestedQuestions])
    /// The preset that a backend is described by, if any.
    case provider(Address, [String])
    /// One of the opened routes, by their places.
    case route([(documentIndex: Int, line: String)], shown: Int)
    case firstError
    case write(String)
  }

  let key: Key
  var label: String
  let kind: Kind
  /// What may be answered, in words.
  var hint = ""
  /// What stands, in words.
  var present = ""
  /// The row that it is about.
  var row: Address?

  /// The field that it is about; nil where it is about none.
  var address: Address? {
    switch kind {
    case .text(let address), .choice(let address, _): address
    case .toggle, .addition, .entry, .ways, .provider, .route, .firstError, .write: nil
    }
  }

  /// The texts that may be answered by their number.
  var choices: [String] {
    switch kind {
    case .choice(_, let choices): choices
    case .provider(_, let presets): ["no"] + presets
    case .route(let routes, _): routes.map(\.line)
    case .ways(let ways): ways.map(\.title)
    case .text, .toggle, .addition, .entry, .firstError, .write: []
    }
  }

  /// The line that asks it.
  func prompt(_ number: String) -> String {
    // What stands is said as it is, whatever signs are in it.
    let facts = [hint.spoken, present].filter { !$0.isEmpty }.joined(separator: ", ")
    return "\(number) \(label) (\(facts)): "
  }
}
