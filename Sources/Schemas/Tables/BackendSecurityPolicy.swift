import YAML

extension ResourceKind {
  /// How the gateway proves to a provider who it is.
  package static let backendSecurityPolicy = ResourceKind(
    group: "aigateway.envoyproxy.io", kind: "BackendSecurityPolicy",
    versions: [Version("v1beta1", isStored: true), Version("v1alpha1", isDeprecated: true)],
    help: "The credentials with which the gateway authenticates to backends.",
    spec: Property(
      "spec",
      .object(SchemaTable.object(backendSecurityPolicyFacts, parts: backendSecurityPolicyParts)),
      help: "One kind of credentials and the backends they are for.",
      source: Citation.aiGateway("api/v1beta1/backendsecurity_policy.go"),
      asking: ["@oneCredential"]),
    asking: ["@credentialFields", "@overrideVersion", "@googleVersion"],
    status: { SchemaTable.conditions })

  private static let backendSecurityPolicyParts = SchemaTable.parts(
    """
    keyInSecret object
      secretRef! use secretRef # The Secret that holds the key, in its key apiKey.
    tokenExchange object
      aud text # The audience that the token is for.
      grantType text # How the token is obtained.
      oidc! use oidc # The OIDC provider and client that the token is obtained with.
    override object
      fallbackToConfigured bool = true \
          # Whether requests without it use the policy's own credential; with false they get \
          401.
    """, and: SchemaTable.security)

  private static let backendSecurityPolicyFacts = """
    targetRefs list ..16 ; @credentialTargets \
        # The AIServiceBackends or InferencePools that the credentials are for.
      - use localRef
    type! choice APIKey AWSCredentials AzureAPIKey AzureCredentials GCPCredentials AnthropicAPIKey \
        # The kind of credentials, which names the field that holds them.
    anthropicAPIKey use keyInSecret # An API key that is sent in the header x-api-key.
    apiKey use keyInSecret # An API key that is sent in the header Authorization.
    awsCredentials object # Credentials of AWS, by which requests are signed.
      region! text 1.. # The region of AWS that requests are signed for, such as us-east-1.
      credentialsFile object # A credentials file in a Secret.
        profile text = default # The profile of the file to use.
        secretRef! use secretRef # The Secret that holds the file, in its key credentials.
      oidcExchangeToken object with tokenExchange \
          # Exchanges a token of an OIDC provider for temporary credentials of AWS.
        awsRoleArn! text 1.. # The IAM role whose credentials are asked for.
    azureAPIKey use keyInSecret # An API key of Azure that is sent in the header api-key.
    azureCredentials object ; clientSecretRef | oidcExchangeToken \
        ; clientSecretRef => !oidcExchangeToken \
        # An application of Microsoft Entra, for which tokens are obtained.
      clientID! text 1.. # The client id of the application.
      clientSecretRef use secretRef \
          # The Secret that holds the client secret, in its key client-secret.
      oidcExchangeToken use tokenExchange # Exchanges a token of an OIDC provider for one of Azure.
      tenantID! text 1.. # The id of the tenant.
    credentialOverride object 1..1 ; since 1.1 \
        # Takes the credential of each request from a trusted filter instead.
      fromDynamicMetadata object with override \
          # Reads the credential from metadata, which clients cannot forge.
        key text # The key in that namespace; the x-aigw- name of the type if left out.
        namespace! text 1.. # The namespace of the metadata, such as envoy.filters.http.ext_authz.
      fromRequestHeaders object with override \
          # Reads the credential from a header; a trusted filter must remove what clients send \
          in it.
        header text \
            # The name of the header, for AWSCredentials the beginning of the names; x-aigw- \
            and the type if left out.
    gcpCredentials object ; credentialsFile => !workloadIdentityFederationConfig \
        # Credentials of Google Cloud.
      credentialsFile object # A credentials file in a Secret, such as a service account's key.
        secretRef! use secretRef \
            # The Secret that holds the file, in its key service_account.json.
      projectName! text 1.. # The project of Google Cloud that requests are sent to.
      region! text 1.. \
          # The region of Google Cloud that requests are sent to, such as us-central1.
      workloadIdentityFederationConfig object \
          # Exchanges a token of an OIDC provider for one of Google Cloud.
        oidcExchangeToken! use tokenExchange # How the token is obtained.
        projectID! text 1.. # The id of the project that the identity pool is in.
        serviceAccountImpersonation object # Acts as a service account.
          serviceAccountName! text 1.. # The name of the service account.
        workloadIdentityPoolName! text 1.. # The name of the identity pool.
        workloadIdentityProviderName! text 1.. # The name of the provider in the identity pool.
    """
}
