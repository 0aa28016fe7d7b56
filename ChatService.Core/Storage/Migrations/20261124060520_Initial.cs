using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ChatService.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "chat_users",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    identity_user_id = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    handle = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    display_name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    avatar_url = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true),
                    status = table.Column<int>(type: "integer", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    is_assistant = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_chat_users", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "one_time_pre_key_allowances",
                columns: table => new
                {
                    requesting_device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    target_device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    tokens = table.Column<double>(type: "double precision", nullable: false),
                    updated_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_one_time_pre_key_allowances", x => new { x.requesting_device_id, x.target_device_id });
                });

            migrationBuilder.CreateTable(
                name: "conversations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    avatar_url = table.Column<string>(type: "character varying(512)", maxLength: 512, nullable: true),
                    type = table.Column<int>(type: "integer", nullable: false),
                    creator_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_activity_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_sequence = table.Column<long>(type: "bigint", nullable: false),
                    membership_version = table.Column<long>(type: "bigint", nullable: false),
                    audience_epoch = table.Column<int>(type: "integer", nullable: false),
                    direct_low_id = table.Column<Guid>(type: "uuid", nullable: true),
                    direct_high_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversations", x => x.id);
                    table.ForeignKey(
                        name: "fk_conversations_chat_users_creator_id",
                        column: x => x.creator_id,
                        principalTable: "chat_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 50);

            migrationBuilder.CreateTable(
                name: "devices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    chat_user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last_seen_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    removed_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_devices", x => x.id);
                    table.ForeignKey(
                        name: "fk_devices_chat_users_chat_user_id",
                        column: x => x.chat_user_id,
                        principalTable: "chat_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "conversation_participants",
                columns: table => new
                {
                    conversation_id = table.Column<Guid>(type: "uuid", nullable: false),
                    chat_user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<int>(type: "integer", nullable: false),
                    joined_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    visible_after = table.Column<long>(type: "bigint", nullable: false),
                    delivered_sequence = table.Column<long>(type: "bigint", nullable: false),
                    read_sequence = table.Column<long>(type: "bigint", nullable: false),
                    last_read_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_conversation_participants", x => new { x.conversation_id, x.chat_user_id });
                    table.ForeignKey(
                        name: "fk_conversation_participants_chat_users_chat_user_id",
                        column: x => x.chat_user_id,
                        principalTable: "chat_users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_conversation_participants_conversations_conversation_id",
                        column: x => x.conversation_id,
                        principalTable: "conversations",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Npgsql:StorageParameter:fillfactor", 80);

            // EF cannot say PARTITION BY. Hash partitions keep a conversation's messages together, and the partition key is
            // the one that Citus would distribute by. Ciphertext does not compress: EXTERNAL saves the attempt.
            migrationBuilder.Sql(
                """
                CREATE TABLE messages (
                    conversation_id uuid NOT NULL,
                    sequence bigint NOT NULL,
                    id uuid NOT NULL,
                    sender_id uuid NOT NULL,
                    sender_device_id uuid NULL,
                    encrypted_content bytea NOT NULL,
                    nonce bytea NOT NULL,
                    auth_tag bytea NOT NULL,
                    type smallint NOT NULL,
                    created_at timestamp with time zone NOT NULL,
                    system_event jsonb NULL,
                    CONSTRAINT pk_messages PRIMARY KEY (conversation_id, sequence),
                    CONSTRAINT fk_messages_conversations_conversation_id FOREIGN KEY (conversation_id)
                        REFERENCES conversations (id) ON DELETE CASCADE
                ) PARTITION BY HASH (conversation_id);
                ALTER TABLE messages ALTER COLUMN encrypted_content SET STORAGE EXTERNAL;
                """);
            for (var partition = 0; partition < 8; partition++)
            {
                migrationBuilder.Sql(
                    $"CREATE TABLE messages_p{partition} PARTITION OF messages FOR VALUES WITH (MODULUS 8, REMAINDER {partition});");
            }

            migrationBuilder.CreateTable(
                name: "one_time_pre_keys",
                columns: table => new
                {
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key_id = table.Column<long>(type: "bigint", nullable: false),
                    public_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    is_used = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_one_time_pre_keys", x => new { x.device_id, x.key_id });
                    table.ForeignKey(
                        name: "fk_one_time_pre_keys_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "superseded_pre_keys",
                columns: table => new
                {
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_kem = table.Column<bool>(type: "boolean", nullable: false),
                    key_id = table.Column<long>(type: "bigint", nullable: false),
                    superseded_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_superseded_pre_keys", x => new { x.device_id, x.is_kem, x.key_id });
                    table.ForeignKey(
                        name: "fk_superseded_pre_keys_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_key_bundles",
                columns: table => new
                {
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    identity_public_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    signed_pre_key_id = table.Column<long>(type: "bigint", nullable: false),
                    signed_pre_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    signed_pre_key_signature = table.Column<byte[]>(type: "bytea", nullable: false),
                    signed_pre_key_timestamp = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    kem_pre_key_id = table.Column<long>(type: "bigint", nullable: false),
                    kem_pre_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    kem_pre_key_signature = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_key_bundles", x => x.device_id);
                    table.ForeignKey(
                        name: "fk_user_key_bundles_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_chat_users_handle",
                table: "chat_users",
                column: "handle",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_chat_users_identity_user_id",
                table: "chat_users",
                column: "identity_user_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_conversation_participants_chat_user_id",
                table: "conversation_participants",
                column: "chat_user_id");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_creator_id",
                table: "conversations",
                column: "creator_id");

            migrationBuilder.CreateIndex(
                name: "ix_conversations_direct_low_id_direct_high_id",
                table: "conversations",
                columns: new[] { "direct_low_id", "direct_high_id" },
                unique: true,
                filter: "direct_low_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_devices_chat_user_id",
                table: "devices",
                column: "chat_user_id",
                filter: "removed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_messages_conversation_id_id",
                table: "messages",
                columns: new[] { "conversation_id", "id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_one_time_pre_key_allowances_updated_at",
                table: "one_time_pre_key_allowances",
                column: "updated_at");

            migrationBuilder.CreateIndex(
                name: "ix_one_time_pre_keys_created_at",
                table: "one_time_pre_keys",
                column: "created_at",
                filter: "is_used");

            migrationBuilder.CreateIndex(
                name: "ix_one_time_pre_keys_device_id_created_at",
                table: "one_time_pre_keys",
                columns: new[] { "device_id", "created_at" },
                filter: "NOT is_used");

            migrationBuilder.CreateIndex(
                name: "ix_superseded_pre_keys_superseded_at",
                table: "superseded_pre_keys",
                column: "superseded_at");

            migrationBuilder.CreateIndex(
                name: "ix_user_key_bundles_signed_pre_key_timestamp",
                table: "user_key_bundles",
                column: "signed_pre_key_timestamp");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "conversation_participants");

            migrationBuilder.DropTable(
                name: "messages");

            migrationBuilder.DropTable(
                name: "one_time_pre_key_allowances");

            migrationBuilder.DropTable(
                name: "one_time_pre_keys");

            migrationBuilder.DropTable(
                name: "superseded_pre_keys");

            migrationBuilder.DropTable(
                name: "user_key_bundles");

            migrationBuilder.DropTable(
                name: "conversations");

            migrationBuilder.DropTable(
                name: "devices");

            migrationBuilder.DropTable(
                name: "chat_users");
        }
    }
}
