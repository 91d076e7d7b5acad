import YAML

extension ResourceKind {
  /// How the gateway proves to a provider who it is.
  package static let backendSecurityPolicy = ResourceKind(
    group: "aigateway.envoyproxy.io", kind: "BackendSecurityPolicy",
    versions: [Version("v1beta1", isStored: true), Version("v1alpha1", isDeprecated: true)],
    help: "The credentials with which the gateway authenticates to backends.",
    spec: Property(
      "spec", .object(SchemaTable.object(backendSecurityPolicyFacts, parts: SchemaTable.security)),
      help: "One kind of credentials and the backends they are for.",
      source: Citation.aiGateway("api/v1beta1/backendsecurity_policy.go"),
      asking: ["@oneCredential"]),
    asking: ["@credentialFields", "@overrideVersion", "@googleVersion"],
    status: { SchemaTable.conditions })

  private static let backendSecurityPolicyFacts = """
    targetRefs list ..16 ; @credentialTargets
      - use localRef
    type! choice APIKey AWSCredentials AzureAPIKey AzureCredentials GCPCredentials AnthropicAPIKey
    anthropicAPIKey object
      secretRef! use secretRef
    apiKey object
      secretRef! use secretRef
    awsCredentials object
      region! text 1..
      credentialsFile object
        profile text = default
        secretRef! use secretRef
      oidcExchangeToken object
        aud text
        awsRoleArn! text 1..
        grantType text
        oidc! use oidc
    azureAPIKey object
      secretRef! use secretRef
    azureCredentials object ; clientSecretRef | oidcExchangeToken \
        ; clientSecretRef => !oidcExchangeToken
      clientID! text 1..
      clientSecretRef use secretRef
      oidcExchangeToken object
        aud text
        grantType text
        oidc! use oidc
      tenantID! text 1..
    credentialOverride object 1..1 ; since 1.1
      fromDynamicMetadata object
        fallbackToConfigured bool = true
        key text
        namespace! text 1..
      fromRequestHeaders object
        fallbackToConfigured bool = true
        header text
    gcpCredentials object ; credentialsFile => !workloadIdentityFederationConfig
      credentialsFile object
        secretRef! use secretRef
      projectName! text 1..
      region! text 1..
      workloadIdentityFederationConfig object
        oidcExchangeToken! object
          aud text
          grantType text
          oidc! use oidc
        projectID! text 1..
        serviceAccountImpersonation object
          serviceAccountName! text 1..
        workloadIdentityPoolName! text 1..
        workloadIdentityProviderName! text 1..
    """
}
