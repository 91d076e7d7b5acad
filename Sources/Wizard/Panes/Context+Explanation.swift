import Schemas
import Lint
import YAML
import RouteForm
import Screen

extension Context {
  /// What is focused: its meaning first, then what it may hold, what is wrong with it and where
  /// that is written.
  var explanation: [StyledLine] {
    guard let address = explainedAddress,
      let property = address.object.resource.property(at: address.path)
    else { return [StyledLine(buttonHelp ?? navigation.step.summary, .hint)] }
    var help = workspace.form.settingHelp(at: address)
    if help.isEmpty { help = [property.meaning(in: address.object.resource.project)] }
    let choices = workspace.form.choices(at: address).count
    if choices > 3 { help[0] += " \(wayToChoose) lists all \(choices)." }
    var lines = [StyledLine(help[0])]
    for problem in workspace.analysis.problems where problem.address == address {
      lines.append(
        StyledLine(
          "\(problem.label) \(problem.message)", problem.severity.role))
      if let finding = problem.finding {
        lines.append(
          StyledLine("From \(finding.source.phrase) (\(Rule.label(of: finding.rule)))", .hint))
      }
    }
    lines += help.dropFirst().map { StyledLine($0, .hint) }
    if !property.examples.isEmpty, choices == 0 {
      lines.append(StyledLine("For example: \(property.examples.joined(separator: ", "))", .hint))
    }
    if !property.source.isEmpty {
      lines.append(StyledLine("Source: \(property.source)", .hint))
    }
    return lines
  }

  /// How to list what a field may hold: in a card Esc would close that.
  private var wayToChoose: String {
    let chord = navigation.cards.isEmpty ? "" : keymap.chord(for: .choose)
    return chord.isEmpty ? keymap.way(to: .choose) : chord
  }

  /// What a focused button, switch or line does.
  private var buttonHelp: String? {
    switch navigation.focus {
    case .button, .toggle: page.button(of: navigation.focus).flatMap(help)
    case .jump(let number):
      page.target(of: number) == nil
        ? "A line to read: Up and Down, PgUp and PgDn, Home and End go through Review; / searches."
        : "Enter goes to what this line is about; / searches."
    case .field, .yaml: nil
    }
  }

  private func help(_ button: ActionButton) -> String? {
    switch button.action {
    case .command(let command): "\(button.title): \(command.summary)."
    case .operation(let operation): help(operation)
    case .openCard(let address):
      address.object.resource.property(at: address.path).map {
        "Opens \(Self.name(of: address)). \($0.help)"
      } ?? "Opens every field of \(address.object)."
    case .closeCard: "Goes back to where the card was opened."
    case .askKey: "Adds an entry: its key is asked for, then its value is typed."
    case .go, .reach, .fix, .begin, .recover, .show, .answer, .answerPrompt, .saveCase, .say,
      .connect, .useName, .openClusterRoute:
      nil
    }
  }

  private func help(_ operation: FormEdit) -> String {
    switch operation {
    case .insert(_, let list, _): Self.adding(list)
    case .remove(let list, let index):
      "Removes \(Workspace.name(of: list, index, in: workspace.form))."
    case .move(let list, let from, _):
      "Moves \(Workspace.name(of: list, from, in: workspace.form)) in the order."
    case .duplicate(let list, let index):
      "Adds a copy of \(Workspace.name(of: list, index, in: workspace.form))."
    case .fill(let address, let text):
      text.isEmpty
        ? "Takes \(Self.name(of: address)) away, so that its default applies."
        : "Sets \(Self.name(of: address)) to \(text)."
    case .writePolicy(let isOn):
      isOn
        ? "Space writes a ClientTrafficPolicy: it raises how much of a request the Gateway may hold."
        : "Space leaves the ClientTrafficPolicy out: requests above "
          + "\(RuntimeDefault.bufferLimit) bytes then get 413."
    case .writeRetry(let isOn):
      isOn
        ? "Space writes a BackendTrafficPolicy with retries, without which no other priority is tried."
        : "Space leaves the BackendTrafficPolicy out: no request is tried again."
    case .writeGrants(let namespace, let isOn):
      isOn
        ? "Space writes the ReferenceGrants that let the route name backends in \(namespace)."
        : "Space leaves the ReferenceGrants for \(namespace) out."
    case .usePool: "Space sends the rule to an InferencePool in the place of its backends."
    case .useBackends: "Space sends the rule to AIServiceBackends again."
    case .writeGateway(let isOn):
      isOn
        ? "Writes the Gateway that the route attaches to: its class and its listeners."
        : "Leaves the Gateway out: it must exist already."
    case .writeClass(let isOn):
      isOn
        ? "Writes the GatewayClass, which names Envoy Gateway as the controller."
        : "Leaves the GatewayClass out: it must exist already."
    case .describe: "Describes the backend: its objects are written."
    case .writePool(_, let isOn):
      isOn
        ? "Space writes the InferencePool itself: its Pods, port and picker."
        : "Space leaves the InferencePool out: it must exist already."
    case .forget:
      "Leaves out the objects that describe the backend: they must exist already."
    case .adopt: "Shows the objects that describe the backend."
    case .chooseRoute: "Shows another of the opened routes."
    case .replace(let address, let node):
      node == nil ? "Removes \(address)." : "Rewrites \(address)."
    }
  }

  /// The end of a path, as people call it.
  private static func name(of address: Address) -> String {
    switch address.path.last {
    case .key(let key): key
    case .index(let row): "row \(row + 1)"
    case nil: "\(address)"
    }
  }

  /// What a button that adds a row to a list does.
  private static func adding(_ list: Address) -> String {
    switch Workspace.noun(of: list) {
    case "rule": "Adds a rule, for other models or headers, to other backends."
    case "match": "Adds a match: requests that fit this one or any other go here."
    case "header": "Adds a header to the match: a request must fit all of them."
    case "backend": "Adds a backend: it shares the traffic by weight, or waits in a priority."
    case "Gateway": "Attaches the route to another Gateway as well."
    case "hostname": "Adds a host that the route answers for."
    case let noun: "Adds a \(noun) to \(Self.name(of: list))."
    }
  }

  /// The field that help is about: the focused one, or that of the YAML's line.
  var explainedAddress: Address? {
    switch navigation.focus {
    case .field(let address): return address
    case .yaml(let line): return address(ofLine: line)
    case .button, .toggle, .jump: return nil
    }
  }
}

extension Finding.Source {
  /// Who says so.
  var phrase: String {
    switch self {
    case .admission: "the API server's validation"
    case .generated: "the validation of the generated HTTPRoute"
    case .controller: "the controller"
    case .advice: "good practice"
    case .server: "the cluster's API server"
    }
  }
}
