using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatService.Tests.Encryption.Vectors;

/// <summary>Reads <see cref="Hex"/>, and the ids in the file, which have no dashes.</summary>
internal sealed class HexConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert == typeof(Hex) || typeToConvert == typeof(Guid);

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        typeToConvert == typeof(Hex) ? new OfBytes() : new OfIds();

    private sealed class OfBytes : JsonConverter<Hex>
    {
        public override Hex Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(Convert.FromHexString(reader.GetString()!));

        public override void Write(Utf8JsonWriter writer, Hex value, JsonSerializerOptions options) => writer.WriteStringValue(Convert.ToHexStringLower(value.Bytes));
    }

    private sealed class OfIds : JsonConverter<Guid>
    {
        public override Guid Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            new(Convert.FromHexString(reader.GetString()!), bigEndian: true);

        public override void Write(Utf8JsonWriter writer, Guid value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString("N"));
    }
}
