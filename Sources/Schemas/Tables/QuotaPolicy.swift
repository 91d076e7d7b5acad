import YAML

extension ResourceKind {
  /// How many tokens the models of a backend may use in a time.
  package static let quotaPolicy = ResourceKind(
    group: "aigateway.envoyproxy.io", kind: "QuotaPolicy",
    versions: [Version("v1alpha1", isStored: true)],
    help: "How many tokens the models of an AIServiceBackend may use per period.",
    spec: Property(
      "spec", .object(SchemaTable.object(quotaPolicyFacts, parts: quotaPolicyParts)),
      help: "The backends and the quotas of their models.",
      source: Citation.aiGateway("api/v1alpha1/quota_policy.go")),
    status: { SchemaTable.conditions })

  private static let quotaPolicyParts = SchemaTable.parts(
    """
    bucket object
      duration! choice 1s 1m 1h 1d ; until 0.6 as text # The time in which the limit holds.
      limit! long # How much may be used in that time, from 1 to 4294967295.
    """, and: SchemaTable.limits)

  private static let quotaPolicyFacts = """
    perModelQuotas list ..128 # The quotas of single models.
      - object # The quota of one model.
        modelName! text 1.. # The model, as modelNameOverride of the route's backendRef names it.
        quota! object # How much of it may be used.
          bucketRules list # Limits for some clients only.
            - object # A limit for the requests of some clients, besides that of defaultBucket.
              clientSelectors list ..8 # Which clients; only headers are looked at.
                - object with limitedRequests ; headers | methods | path | sourceCIDR \
                    | queryParams \
                    # What the requests of these clients have, all of it.
                  headers list ..64 ; until 0.6 as ..16 \
                      # Headers that the request must have, all of them.
                    - use limitedValue
              quota! use bucket # How much these clients may use together.
              shadowMode bool # Counts without refusing.
          costExpression text # What a request costs; left out, all its tokens.
          defaultBucket use bucket \
              # How much all clients may use of the model together; no limit if left out.
          mode choice Shared = Shared ; until 0.6 as required choice Exclusive Shared \
              # How the limits go together: with Shared, all that match count, and one with room \
              is enough.
    serviceQuota object # A quota of the whole backend; AI Gateway does not enforce it.
      costExpression text # What a request to the backend costs; left out, all its tokens.
      quota! use bucket # How much all clients may use of the backend together.
    targetRefs list ..16 ; @quotaTargets # The AIServiceBackends that the quotas are for.
      - use localRef
    """
}
