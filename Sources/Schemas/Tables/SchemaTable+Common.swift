extension SchemaTable {
  /// Fields that stand in several kinds.
  static let common = parts(
    """
    conditions list
      - object
        lastTransitionTime text
        message text
        observedGeneration int
        reason text
        status text
        type text
    parent object
      group text
      kind text
      name text
      namespace text
      port int
      sectionName text
    ancestors list
      - object
        ancestorRef use parent
        conditions use conditions
        controllerName text
    texts list
      - text # A value of the list.
    matchLabels map # Labels that must be there.
      - text # The value of this label.
    matchExpressions list # Conditions on labels, all of which must hold.
      - object # A condition on one label.
        key! text # The name of the label.
        operator! text # In, NotIn, Exists or DoesNotExist.
        values use texts # The values to compare with, for In and NotIn.
    selector object # Objects by their labels.
      matchExpressions use matchExpressions
      matchLabels use matchLabels
    localRef object # An object in the same namespace.
      group! group \
          # The API group of the object; empty for those of Kubernetes itself, such as \
          ConfigMap.
      kind! kind # The kind of the object.
      name! name # The name of the object.
    localRefs list ..8
      - use localRef # An object in the same namespace.
    secretRef object # An object with certificates or credentials.
      group group = '' # The API group of the object; empty for Secret and ConfigMap.
      kind kind = Secret # The kind of the object; Secret unless the field takes others.
      name! name # The name of the object.
      namespace namespace \
          # The namespace of the object; left out, the same one. Another one needs a \
          ReferenceGrant there.
    serviceRef object ; @servicePort # The backend that is called.
      group group = '' # The API group of the backend; empty for Service.
      kind kind = Service # The kind of the backend.
      name! name # The name of the backend.
      namespace namespace \
          # The namespace of the backend; left out, the same one. Another one needs a \
          ReferenceGrant there.
      port port # The port of the backend; a Service needs one.
    namedHeader object # A header and its value.
      name! header # The name of the header.
      value! text 1..4096 # The value of the header.
    headerSet list ..16 by name
      - use namedHeader
    removed list ..16 set
      - text # The name of a header.
    headerChanges object # How headers are changed.
      remove use removed # Headers that are removed.
      set use headerSet # Headers that are set, in the place of those with the same name.
    pathModifier object \
        ; type ? ReplaceFullPath:replaceFullPath ReplacePrefixMatch:replacePrefixMatch \
        # How the path is changed.
      replaceFullPath text ..1024 # The new path, for type ReplaceFullPath.
      replacePrefixMatch text ..1024 \
          # What replaces the matched beginning of the path, for type ReplacePrefixMatch.
      type! choice ReplaceFullPath ReplacePrefixMatch \
          # Whether the whole path is replaced or the matched beginning of it.
    fraction object ; numerator<=denominator # A share: numerator of denominator.
      denominator int 1.. = 100 \
          # What the share is counted in: with 100, numerator is a percentage.
      numerator! int 0.. # How many of denominator; 0 is none.
    """)

  /// The facts of a status with nothing but conditions.
  static let conditions = status("conditions use conditions")

  /// The facts of a policy's status.
  static let ancestors = status("ancestors use ancestors")

  /// What controllers write; of it the server checks the names only, and drops it.
  static func status(_ table: String) -> Property {
    Property(
      "status", .object(fields(table, parts: common)), help: "Written by controllers.",
      scope: .names)
  }
}
