import Lint
import Wizard

extension Conversation {
  /// Connects to the cluster of a context, or of the current one.
  mutating func connect(to context: String, _ turn: inout Turn) {
    turn.requests.append(.connect(context.isEmpty ? nil : context))
    report = .message
  }

  /// Asks the connected cluster.
  mutating func ask(_ command: LinearRequest.ClusterCommand, _ wizard: Wizard, _ turn: inout Turn) {
    guard wizard.clusterName != nil else {
      turn.lines.append(
        "No cluster is connected; use :cluster, or :cluster and the name of a context.")
      return
    }
    turn.requests.append(.cluster(command))
    report = .cluster
    if command == .plan { ending = .applying }
  }

  /// Asks whether to apply what is saved; what is not saved yet is saved first.
  mutating func apply(_ wizard: Wizard, _ turn: inout Turn) {
    guard wizard.clusterName != nil, !wizard.workspace.isSaved else {
      return ask(.plan, wizard, &turn)
    }
    turn.lines.append("Only what is saved is applied, so it is saved first.")
    goToSave(wizard.workspace, &turn)
    appliesAfterSaving = true
  }

  /// Adds what the cluster said, and closes its panel.
  func addClusterReport(_ wizard: Wizard, _ turn: inout Turn) {
    turn.lines += wizard.clusterReport.map(\.spoken)
    if let text = wizard.messageText { turn.lines.append(text.withCommands.spoken) }
    if wizard.clusterReport.isEmpty {
      turn.lines += wizard.workspace.analysis.problems
        .filter { $0.finding?.source == .server }.map(\.text.spoken)
    }
    if wizard.openDialog == nil || !isApplying { turn.requests.append(.close) }
  }

  private var isApplying: Bool { if case .applying = ending { true } else { false } }

  /// What has to be typed before something is applied; nil where nothing can be.
  mutating func confirmation(_ wizard: Wizard) -> String? {
    guard wizard.openDialog != nil, let name = wizard.clusterName else {
      ending = .none
      return nil
    }
    return "Type \(name) to apply this to it, anything else does not: "
  }

  /// Applies where the name of the cluster was typed.
  mutating func confirm(_ answer: String, _ wizard: Wizard, _ turn: inout Turn) {
    ending = .none
    turn.requests.append(.close)
    guard let name = wizard.clusterName, answer == name else {
      turn.lines.append("Not applied.")
      return
    }
    turn.requests.append(.apply(name))
    report = .cluster
  }
}

extension String {
  /// Words of the wizard with the commands of a conversation in the place of the screen's.
  var withCommands: String {
    replaced("^_", by: ":undo").replaced("use-cluster-release in the menu", by: ":release")
      .replaced(" (^S)", by: "")
  }
}
