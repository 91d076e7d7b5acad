package import Schemas
import RouteForm

/// Files that were read to be opened, and all that follows from what they hold: much work with large
/// ones, that can be done wherever there is time for it.
package struct OpenResult: Sendable {
  package let contents: [FileContent]
  package private(set) var files: [OpenedFile] = []
  /// Why they cannot be opened; with any of these, none is.
  package private(set) var errors: [OpenError] = []
  @CopyOnWrite private(set) var workspace: Workspace

  /// Reads what was found; `output` is where the manifests are to go.
  package init(_ contents: [FileContent], for release: Release, output: Output) {
    self.contents = contents
    for content in contents {
      do throws(OpenError) {
        files.append(try OpenedFile(content))
      } catch {
        errors.append(error)
      }
    }
    if !errors.isEmpty { files = [] }
    var form = FormState(opening: files.documents)
    form.release = release
    workspace = Workspace(form, files: files, output: output)
  }
}
