import Screen

/// Every command of the wizard; the raw value is its name in the help panel, in `--print-keys` and
/// in `keys:` of the configuration.
package enum Command: String, CaseIterable, Hashable, Sendable {
  case nextField = "next-field"
  case previousField = "previous-field"
  case nextStep = "next-step"
  case previousStep = "previous-step"
  case step1 = "step-1"
  case step2 = "step-2"
  case step3 = "step-3"
  case step4 = "step-4"
  case step5 = "step-5"
  case step6 = "step-6"
  case step7 = "step-7"
  case step8 = "step-8"
  case previousRule = "previous-rule"
  case nextRule = "next-rule"
  case goTo = "go-to"
  case yaml = "focus-yaml"
  case explain
  case problems
  case nextProblem = "next-problem"
  case simulate
  case generated
  case diff
  case fix
  case addRow = "add-row"
  case addRule = "add-rule"
  case addMatch = "add-match"
  case addHeader = "add-header"
  case addBackend = "add-backend"
  case addGateway = "add-gateway"
  case removeRow = "remove-row"
  case removeRule = "remove-rule"
  case duplicateRow = "duplicate-row"
  case duplicateRule = "duplicate-rule"
  case describe = "describe-backend"
  case renameKey = "rename-key"
  case moveRowUp = "move-row-up"
  case moveRowDown = "move-row-down"
  case usePool = "use-pool"
  case useBackends = "use-backends"
  case toggle
  case choose
  case undo
  case redo
  case save
  case saveAs = "save-as"
  case open
  case chooseRoute = "choose-route"
  case filePerObject = "file-per-object"
  case kustomization
  case connect = "connect-cluster"
  case reread = "read-cluster"
  case useRelease = "use-cluster-release"
  case askServer = "ask-server"
  case apply
  case status = "route-status"
  case diffCluster = "diff-cluster"
  case openFromCluster = "open-from-cluster"
  case leave
  case interrupt
  case suspend
  case help
  case menu
  case redraw
  case copy
  case editor = "edit-in-editor"
  case search
  case searchNext = "search-next"
  case searchPrevious = "search-previous"
  case mouse
  case show = "show-in-shell"

  /// What it does, in a few words.
  package var summary: String {
    switch self {
    case .nextField: "go to the next field"
    case .previousField: "go to the previous field"
    case .nextStep: "go to the next step"
    case .previousStep: "go to the previous step"
    case .step1: "go to step 1, buffer policy"
    case .step2: "go to step 2, gateway"
    case .step3: "go to step 3, matches"
    case .step4: "go to step 4, splits and failover"
    case .step5: "go to step 5, timeouts"
    case .step6: "go to step 6, model names"
    case .step7: "go to step 7, InferencePool"
    case .step8: "go to step 8, review and save"
    case .previousRule: "select the previous rule"
    case .nextRule: "select the next rule"
    case .goTo: "go to a field by its path, a rule or a line"
    case .yaml: "go to the YAML and back"
    case .explain: "explain the field"
    case .problems: "list the problems"
    case .nextProblem: "go to the next problem"
    case .generated: "cycle the preview: manifests, generated objects, those as stored"
    case .simulate: "ask which rule and backend take a request"
    case .diff: "show what saving would change"
    case .fix: "fix the problem at the field"
    case .addRow: "add a row below"
    case .addRule: "add a rule"
    case .addMatch: "add a match to the rule (or)"
    case .addHeader: "add a header to the match (and)"
    case .addBackend: "add a backend to the rule"
    case .addGateway: "add a Gateway to the route"
    case .removeRow: "remove the row"
    case .removeRule: "remove the rule"
    case .duplicateRow: "duplicate the row"
    case .duplicateRule: "duplicate the rule"
    case .describe: "describe the backend: provider, host, credentials"
    case .renameKey: "rename the key of a label or annotation"
    case .moveRowUp: "move the row up"
    case .moveRowDown: "move the row down"
    case .usePool: "send the rule to an InferencePool"
    case .useBackends: "send the rule to AIServiceBackends"
    case .toggle: "activate the focused button, switch or choice"
    case .choose: "choose a value for the field from a list"
    case .undo: "undo"
    case .redo: "redo"
    case .save: "save the manifests"
    case .saveAs: "save to another place"
    case .open: "open files to edit"
    case .chooseRoute: "switch to another opened route"
    case .filePerObject: "switch between one file and one file per object"
    case .kustomization: "switch writing a kustomization.yaml on or off"
    case .connect: "cluster: connect to a context of kubectl"
    case .reread: "cluster: read its objects again"
    case .useRelease: "cluster: target the AI Gateway release of its CRDs"
    case .apply: "cluster: apply the saved manifests"
    case .diffCluster: "cluster: show what applying would change"
    case .openFromCluster: "cluster: open a route from it"
    case .status: "cluster: show the status of the route"
    case .askServer: "cluster: validate the manifests on its API server"
    case .leave: "leave"
    case .interrupt: "close what is open; twice: leave and keep the draft"
    case .suspend: "suspend to the shell"
    case .help: "help: this field, the keys, every command"
    case .menu: "list every command by group"
    case .redraw: "redraw the screen"
    case .copy: "copy the YAML, the field's path or the command"
    case .editor: "edit the field's text, or a whole object, in $EDITOR"
    case .search: "search in the YAML, on Review or in the open list"
    case .searchNext: "go to the next match"
    case .searchPrevious: "go to the previous match"
    case .mouse: "mouse on or off"
    case .show: "show the YAML in the shell"
    }
  }

  /// Its group in the menu and in the command strip.
  enum Group: String, CaseIterable, Sendable {
    case file = "File"
    case edit = "Edit"
    case rule = "Rule"
    case row = "Row"
    case view = "View"
    case help = "Help"

    /// Its commands in the order of the menu.
    var commands: [Command] { Command.allCases.filter { $0.group == self } }
  }

  var group: Group {
    switch self {
    case .save, .saveAs, .open, .chooseRoute, .filePerObject, .kustomization, .diff, .copy, .editor,
      .show, .connect, .reread, .useRelease, .askServer, .apply, .status,
      .diffCluster, .openFromCluster, .leave, .suspend:
      .file
    case .undo, .redo, .fix, .toggle, .choose: .edit
    case .previousRule, .nextRule, .addRule, .removeRule, .duplicateRule, .usePool, .useBackends:
      .rule
    case .addRow, .addMatch, .addHeader, .addBackend, .addGateway, .removeRow, .duplicateRow,
      .moveRowUp, .moveRowDown, .describe, .renameKey:
      .row
    case .nextField, .previousField, .nextStep, .previousStep, .step1, .step2, .step3, .step4,
      .step5, .step6, .step7, .step8, .goTo, .yaml, .explain, .problems, .nextProblem, .simulate,
      .generated, .search, .searchNext, .searchPrevious, .mouse, .redraw:
      .view
    case .help, .menu, .interrupt: .help
    }
  }

  /// Its short name, for key bars and narrow lists.
  var short: String {
    switch self {
    case .nextField: "Next"
    case .previousField: "Prev"
    case .nextStep: "Next step"
    case .previousStep: "Prev step"
    case .step1, .step2, .step3, .step4, .step5, .step6, .step7, .step8: "Step"
    case .previousRule: "Prev rule"
    case .nextRule: "Next rule"
    case .goTo: "Go to"
    case .yaml: "YAML"
    case .explain: "Explain"
    case .problems: "Problems"
    case .nextProblem: "Next problem"
    case .simulate: "Simulate"
    case .generated: "Generated"
    case .diff: "Diff"
    case .fix: "Fix"
    case .addRow: "Add"
    case .addRule: "Add rule"
    case .addMatch: "Add match"
    case .addHeader: "Add header"
    case .addBackend: "Add backend"
    case .addGateway: "Add Gateway"
    case .removeRow: "Remove"
    case .removeRule: "Remove rule"
    case .duplicateRow: "Duplicate"
    case .duplicateRule: "Duplicate rule"
    case .describe: "Describe"
    case .renameKey: "Rename key"
    case .moveRowUp: "Up"
    case .moveRowDown: "Down"
    case .usePool: "Use pool"
    case .useBackends: "Use backends"
    case .toggle: "Press"
    case .choose: "Choose"
    case .undo: "Undo"
    case .redo: "Redo"
    case .save: "Save"
    case .saveAs: "Save as"
    case .open: "Open"
    case .chooseRoute: "Route"
    case .filePerObject: "Files"
    case .kustomization: "Kustomization"
    case .connect: "Cluster"
    case .reread: "Read cluster"
    case .useRelease: "Use release"
    case .askServer: "Ask the server"
    case .apply: "Apply"
    case .status: "Status"
    case .diffCluster: "Diff cluster"
    case .openFromCluster: "Open cluster"
    case .leave: "Exit"
    case .interrupt: "Interrupt"
    case .suspend: "Suspend"
    case .help: "Help"
    case .menu: "Menu"
    case .redraw: "Redraw"
    case .copy: "Copy"
    case .editor: "Editor"
    case .search: "Search"
    case .searchNext: "Next match"
    case .searchPrevious: "Prev match"
    case .mouse: "Mouse"
    case .show: "Shell"
    }
  }

  /// Whether it works on the start screen, before there is a route.
  var worksAtStart: Bool {
    switch group {
    case .help: true
    case .file: self == .leave || self == .suspend || self == .open
    case .view: self == .redraw || self == .mouse
    case .edit, .rule, .row: false
    }
  }

  /// Whether it has to wait until the linter has checked the last edit.
  var needsLint: Bool {
    self == .problems || self == .nextProblem || self == .fix || self == .askServer
  }

  /// Whether its button keeps the focus, to be pressed again.
  var staysOnButton: Bool { self == .moveRowUp || self == .moveRowDown || self == .removeRow }

  /// The command of a letter that searches where no text is typed.
  static func searching(by letter: String) -> Command? {
    switch letter {
    case "/": .search
    case "n": .searchNext
    case "r": .searchPrevious
    default: nil
    }
  }

  /// The command of a step, from 1 to 8.
  package static func step(_ number: Int) -> Command? { Command(rawValue: "step-\(number)") }

  /// The number of the step a command goes to, nil for any other command.
  package var stepNumber: Int? {
    rawValue.hasPrefix("step-") ? Int(rawValue.dropFirst(5)) : nil
  }
}
