/// The tags that Kubernetes' reader knows for scalars.
enum Tag: String {
  case string = "tag:yaml.org,2002:str"
  case binary = "tag:yaml.org,2002:binary"
  case null = "tag:yaml.org,2002:null"
  case bool = "tag:yaml.org,2002:bool"
  case integer = "tag:yaml.org,2002:int"
  case float = "tag:yaml.org,2002:float"
  case timestamp = "tag:yaml.org,2002:timestamp"

  var name: Substring { rawValue.dropFirst("tag:yaml.org,2002:".count) }

  func fits(_ kind: Scalar.Kind) -> Bool {
    switch self {
    case .string, .binary, .timestamp: kind == .string
    case .null: kind == .null
    case .bool: kind == .bool
    case .integer: kind == .integer
    case .float: kind == .integer || kind == .float
    }
  }
}
