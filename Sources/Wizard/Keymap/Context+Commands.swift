import RouteForm
import Screen

extension Context {
  /// Whether a command does something where the person is, as far as the form can tell.
  func works(_ command: Command) -> Bool {
    let form = workspace.form
    switch command {
    case .nextStep: return navigation.step != .review
    case .previousStep: return navigation.step != .buffer
    case .nextRule: return navigation.rule + 1 < form.rules.count
    case .previousRule: return navigation.rule > 0
    case .fix: return problemAtFocus?.fixTitle != nil
    case .addMatch: return matchToAdd != nil
    case .addHeader: return headerToAdd != nil
    case .addBackend: return backendToAdd != nil
    case .removeRule: return ruleToRemove != nil
    case .duplicateRule: return ruleToDuplicate != nil
    case .usePool: return poolToUse != nil
    case .useBackends: return backendsToUse != nil
    case .addRow: return hasRows && rowToAdd != nil
    case .removeRow: return hasRows && rowToRemove != nil
    case .duplicateRow: return hasRows && rowToDuplicate != nil
    case .moveRowUp: return hasRows && rowToMove(by: -1) != nil
    case .moveRowDown: return hasRows && rowToMove(by: 1) != nil
    case .describe: return hasRows && refAtFocus != nil
    case .renameKey: return entryAtFocus != nil
    case .toggle: return canToggle
    case .choose: return hasChoices
    case .undo: return workspace.history.position.done > 0
    case .redo: return workspace.history.position.done < workspace.history.position.total
    case .searchNext, .searchPrevious: return !navigation.search.isEmpty
    case .chooseRoute: return form.routePlaces.count > 1
    case .filePerObject: return workspace.files.isEmpty
    case .kustomization: return workspace.files.isEmpty && workspace.output.isFolder
    case .useRelease: return workspace.otherRelease != nil
    case .editor: return editable != nil
    case .step1, .step2, .step3, .step4, .step5, .step6, .step7, .step8:
      return command.stepNumber != navigation.step.rawValue || !navigation.cards.isEmpty
    case .nextField, .previousField, .goTo, .yaml, .explain, .problems, .nextProblem, .simulate,
      .generated, .diff, .addRule,
      .addGateway, .save, .saveAs, .open, .connect, .reread, .askServer, .apply, .status,
      .diffCluster, .openFromCluster, .leave, .interrupt, .suspend, .help, .menu, .redraw, .copy,
      .search, .mouse, .show:
      return true
    }
  }

  /// Whether the page may have rows: Review has none.
  private var hasRows: Bool { navigation.step != .review || !navigation.cards.isEmpty }

  private var canToggle: Bool {
    switch navigation.focus {
    case .button, .toggle: true
    case .jump(let number): page.target(of: number) != nil
    case .field(let address): !workspace.form.choices(at: address).isEmpty
    case .yaml: false
    }
  }

  private var hasChoices: Bool {
    guard case .field(let address) = navigation.focus else { return false }
    return !workspace.form.choices(at: address).isEmpty
      || !workspace.form.knownNames(at: address, in: workspace.analysis.cluster).isEmpty
  }

  /// The commands that do something here, then the others, in the order in which they come.
  func workingFirst(_ commands: [Command]) -> [Command] {
    var (here, elsewhere): ([Command], [Command]) = ([], [])
    for command in commands {
      if works(command) { here.append(command) } else { elsewhere.append(command) }
    }
    return here + elsewhere
  }
}
