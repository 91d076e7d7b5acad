package import Resources
package import RouteForm
package import Schemas
package import Screen
package import YAML

/// What happened outside: an input of the terminal, or what became of an `Effect`.
///
/// Everything that can change a wizard is an event, and every event can be written into the
/// journal; add a case there and in `Wizard.handle` and the compiler finds the rest.
package enum Event: Sendable {
  case input(Input)
  /// What files hold now, asked for by `Effect.read`.
  case read([FileContent], Effect.Purpose)
  /// What a folder holds, asked for by `Effect.list`.
  case listed(FolderContent)
  /// What files hold that were to be opened, with what follows from it worked out already.
  case opened(OpenResult)
  /// What became of the files of an `Effect.write`.
  case wrote([WriteResult])
  /// The text as it came back from the editor; nil when the editor failed.
  case edited(String?)
  /// What became of a copy or another task, as a message for the status line.
  case notified(String)
  /// The draft holds all that was typed, as of a time of day; nil where it cannot.
  case drafted(String?)
  /// A draft of what is opened was left behind.
  case leftBehind(DraftNote)
  /// What a session without a screen asks for.
  case requested(LinearRequest)
  /// The program was started to ask the cluster of the current context.
  case connecting
  /// The contexts of kubectl, asked for by `Effect.askCluster`.
  case contexts([String])
  /// What a cluster holds.
  case connected(KnownCluster)
  /// What a cluster's server said of the documents.
  case validated(ServerAnswer)
  /// What became of the objects that were to be applied.
  case applied(ApplyReport)
  /// The status of a route in the cluster.
  case routeStatus(StatusReport)
  /// What applying would change in the cluster, line by line.
  case compared([String])
  /// Why a cluster could not be asked, in a sentence.
  case unconnected(String)
  /// What is known of the cluster was read more than five minutes ago.
  case clusterAged
  /// The linter has run: what waited for it is done.
  case lintFinished
  /// The session goes on from its journal, in a terminal of this size.
  case recovered(Size, hasMouse: Bool)
}

/// A file's content as read.
package struct FileContent: Hashable, Sendable {
  package enum Content: Hashable, Sendable {
    case bytes([UInt8])
    case absent
    case unreadable(String)
  }

  package let path: String
  package let content: Content

  package init(path: String, content: Content) {
    self.path = path
    self.content = content
  }
}

/// What a folder holds.
package struct FolderContent: Hashable, Sendable {
  /// A file or a folder in it.
  package struct Entry: Hashable, Sendable {
    package let name: String
    package let isFolder: Bool

    package init(name: String, isFolder: Bool) {
      self.name = name
      self.isFolder = isFolder
    }
  }

  /// As it was asked for: nothing for the current folder, else with a slash at its end.
  package let path: String
  /// In the order of the names.
  package let entries: [Entry]
  /// Why it cannot be listed; nil when it was.
  package let failure: String?

  package init(path: String, entries: [Entry], failure: String? = nil) {
    self.path = path
    self.entries = entries
    self.failure = failure
  }
}

/// The result of writing one file.
package struct WriteResult: Hashable, Sendable {
  package let path: String
  package let bytes: [UInt8]
  /// Why it could not be written; nil when it was.
  package let failure: String?

  package init(path: String, bytes: [UInt8], failure: String?) {
    self.path = path
    self.bytes = bytes
    self.failure = failure
  }
}

/// A side effect that the session carries out for the wizard.
package enum Effect: Hashable, Sendable {
  /// What a reading is for.
  package enum Purpose: String, Sendable {
    /// To distinguish new, changed and same files.
    case compare
    case save
    /// To begin anew with what they hold; a folder stands for the manifests in it.
    case open
    /// To show what it holds, before it is opened.
    case glance
    /// To run the simulator cases, or to add one.
    case cases
  }

  /// What a cluster is asked for.
  package enum ClusterQuestion: Hashable, Sendable {
    /// Which clusters there are.
    case contexts
    /// What the cluster of a context holds, nil for the current one.
    case objects(String?)
    /// The same of a connected one, for which nobody waits.
    case objectsAgain(String)
    /// What the server says of documents, without storing them.
    case dryRun(ClusterDocuments)
    /// Apply objects to the cluster of a context: the one thing that changes anything there.
    case apply([Node], cluster: String)
    /// What applying objects to the cluster of a context would change.
    case difference([Node], cluster: String)
    /// A route of the cluster of a context, to be opened.
    case route(ObjectKey, cluster: String)
    /// The status of a route.
    case status(WatchedRoute)
  }

  case read([String], Purpose)
  case askCluster(ClusterQuestion)
  /// List a folder.
  case list(String)
  case write([FileToWrite])
  case quit(ExitRequest)
  case suspend
  case redraw
  case mouse(Bool)
  case copy(String)
  /// Leave the screen, show a text in the shell, come back on Enter.
  case show(String)
  case editText(String)
  /// Go on with the draft of this name in this session's place.
  case recover(String)
}

/// Documents that are sent to a cluster in a dry run.
package struct ClusterDocuments: Hashable, Sendable {
  /// The name of the cluster's context.
  package let cluster: String
  package let documents: [Node]
  /// What stands in the cluster beside them.
  package let background: [Node]
  package let release: Release
}

/// A file to be written whole or not at all.
package struct FileToWrite: Hashable, Sendable {
  package let path: String
  package let bytes: [UInt8]
  /// What the file must hold to be replaced; nil replaces it whatever it holds.
  package let over: FileContent.Content?
  /// Whether its folder is made where it is missing; those above it never are.
  package var makesFolder = false

  package init(path: String, bytes: [UInt8], over: FileContent.Content?) {
    self.path = path
    self.bytes = bytes
    self.over = over
  }

  /// A file of a layout, whose folder is made with it.
  package init(_ file: OutputLayout.File, over: FileContent.Content?) {
    self.init(path: file.path, bytes: file.bytes, over: over)
    makesFolder = file.isInFolder
  }
}

/// How the program ends.
package struct ExitRequest: Hashable, Sendable {
  /// 0, or 130 with work unsaved.
  package let status: Int32
  /// What is printed to stdout when the screen is gone.
  package let lines: [String]
  /// Whether unsaved work is to be found again; otherwise the draft goes.
  package let keepsDraft: Bool
}
