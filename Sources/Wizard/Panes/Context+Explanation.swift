import Kinds
import Lint
import Manifest
import RouteForm
import Screen

extension Context {
  /// The facts of the focused field, from the same source as its checks.
  var explanation: [StyledLine] {
    guard let address = explainedAddress,
      let property = address.object.resource.property(at: address.path)
    else { return [StyledLine(navigation.step.summary, .hint)] }
    var lines = [StyledLine(property.facts(of: address.object.resource.project))]
    if !property.examples.isEmpty {
      lines.append(StyledLine("For example: \(property.examples.joined(separator: ", "))", .hint))
    }
    for problem in workspace.analysis.problems where problem.address == address {
      lines.append(
        StyledLine(
          "\(problem.label) \(problem.message)", problem.severity.role))
      if let finding = problem.finding {
        lines.append(StyledLine("Said by: \(finding.source.rawValue), \(finding.rule)", .hint))
      }
    }
    if property.source.dropFirst().hasPrefix("-CRD") {
      lines.append(StyledLine("Source: \(property.source)", .hint))
    }
    return lines
  }

  /// The field that help is about: the focused one, or that of the YAML's line.
  private var explainedAddress: Address? {
    switch navigation.focus {
    case .field(let address): return address
    case .yaml(let line): return address(ofLine: line)
    case .button, .toggle, .jump: return nil
    }
  }
}
