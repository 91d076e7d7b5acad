import Schemas
import Resources
import YAML

extension Rule {
  static let foreignModel = Rule(
    "L87", "foreign-model", .warning, "a model name that the provider does not know",
    why: "The client's model name is sent to the provider unless modelNameOverride gives another. "
      + "Bedrock expects ids such as anthropic.claude-sonnet-4-20250514-v1:0, or ARNs; Vertex AI "
      + "expects names such as claude-sonnet-4@20250514. They answer other names with 400 or 404, as "
      + "any provider does a name with blanks or line ends around it.",
    bad: "{name: x-ai-eg-model, value: claude-4-sonnet} to schema: {name: AWSBedrock}",
    good: "the same with modelNameOverride: anthropic.claude-sonnet-4-20250514-v1:0",
    reference: Citation.aiGateway("site/docs/capabilities/traffic/model-virtualization.md"),
    repair: .automatic,
    .bundle { bundle, report in
      for (index, route) in bundle.routes {
        for rule in route.rules {
          lazy var named = rule.namedModels
          for (place, ref) in rule.refs.enumerated() where !ref.isPool && ref.isLive {
            if let name = ref.override, name.trimmed != name {
              let path = Path.to(
                "spec", "rules", rule.index, "backendRefs", place, "modelNameOverride")
              report.add(
                "\(name.json) has blanks or line ends at its ends, which are sent as well; write "
                  + name.trimmed, at: path, in: index, fix: "write \(name.trimmed)",
                .set(path, .string(name.trimmed), in: index))
              continue
            }
            guard let schema = bundle.service(ref.target(from: route.namespace))?.api else {
              continue
            }
            for model in ref.ownModel.map({ [$0] }) ?? named {
              guard let mismatch = schema.mismatch(with: model) else { continue }
              let path = Path.to("spec", "rules", rule.index, "backendRefs", place)
              report.add(
                "\(ref.name) of schema \(schema.rawValue) is sent model \(model.quoted), "
                  + mismatch.message + "; write modelNameOverride",
                at: ref.override == nil ? path : path.appending("modelNameOverride"), in: index)
              if let name = mismatch.name {
                report.attach(
                  Fix(
                    "write modelNameOverride \(name)",
                    [
                      .set(document: index, path.appending("modelNameOverride"), .string(name))
                    ]))
              }
              break
            }
          }
        }
      }
    })
}

extension APISchema {
  /// Why a model is hardly one of the provider's, and its name there where that is certain.
  fileprivate func mismatch(with model: String) -> (message: String, name: String?)? {
    switch self {
    case .awsBedrock, .awsAnthropic:
      return model.isOfBedrock ? nil : ("which is no id of Bedrock", nil)
    case .gcpAnthropic:
      guard model.hasPrefix("claude-") else { return ("which is none of Anthropic's", nil) }
      guard !model.contains("@"), let date = model.split(separator: "-").last,
        date.utf8.count == 8, date.allSatisfy(\.isNumber)
      else { return nil }
      return ("whose date Vertex AI has after @", "\(model.dropLast(9))@\(date)")
    case .gcpVertexAI:
      let isForeign = ["claude-", "gpt-"].contains { model.hasPrefix($0) }
      return isForeign ? ("which is none of Google's", nil) : nil
    case .openAI, .azureOpenAI, .anthropic, .cohere: return nil
    }
  }
}

extension String {
  /// Whether it may name a model of Bedrock: an ARN, or an id that begins with its vendor's name or
  /// the part of the world that an inference profile is for.
  fileprivate var isOfBedrock: Bool {
    if hasPrefix("arn:") { return true }
    guard contains("."), let vendor = split(separator: ".").first else { return false }
    return vendor == "us-gov" || !vendor.contains("-")
  }
}
