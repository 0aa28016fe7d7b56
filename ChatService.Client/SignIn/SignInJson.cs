using System.Text.Json;
using System.Text.Json.Serialization;
using ChatService.Contracts;

namespace ChatService.Client.SignIn;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RegisterAccountRequest))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(UserProfile))]
internal sealed partial class SignInJson : JsonSerializerContext;
