using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ChatService.Core.Storage.Migrations
{
    /// <inheritdoc />
    public partial class DevicesAndPrivacy : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropPrimaryKey(
                name: "pk_one_time_pre_key_allowances",
                table: "one_time_pre_key_allowances");

            migrationBuilder.RenameColumn(
                name: "requesting_device_id",
                table: "one_time_pre_key_allowances",
                newName: "requester_id");

            migrationBuilder.AddColumn<int>(
                name: "scope",
                table: "one_time_pre_key_allowances",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<int>(
                name: "quiet_audiences",
                table: "conversations",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "disabled_at",
                table: "chat_users",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "shared_signals",
                table: "chat_users",
                type: "integer",
                nullable: false,
                defaultValue: 7);

            migrationBuilder.AddPrimaryKey(
                name: "pk_one_time_pre_key_allowances",
                table: "one_time_pre_key_allowances",
                columns: new[] { "scope", "requester_id", "target_device_id" });

            migrationBuilder.CreateTable(
                name: "access_revocations",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    subject = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: false),
                    session_id = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: true),
                    revoked_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_access_revocations", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "device_sessions",
                columns: table => new
                {
                    device_id = table.Column<Guid>(type: "uuid", nullable: false),
                    session_id = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_device_sessions", x => new { x.device_id, x.session_id });
                    table.ForeignKey(
                        name: "fk_device_sessions_devices_device_id",
                        column: x => x.device_id,
                        principalTable: "devices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_access_revocations_revoked_at",
                table: "access_revocations",
                column: "revoked_at");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "access_revocations");

            migrationBuilder.DropTable(
                name: "device_sessions");

            migrationBuilder.DropPrimaryKey(
                name: "pk_one_time_pre_key_allowances",
                table: "one_time_pre_key_allowances");

            migrationBuilder.DropColumn(
                name: "scope",
                table: "one_time_pre_key_allowances");

            migrationBuilder.DropColumn(
                name: "quiet_audiences",
                table: "conversations");

            migrationBuilder.DropColumn(
                name: "disabled_at",
                table: "chat_users");

            migrationBuilder.DropColumn(
                name: "shared_signals",
                table: "chat_users");

            migrationBuilder.RenameColumn(
                name: "requester_id",
                table: "one_time_pre_key_allowances",
                newName: "requesting_device_id");

            migrationBuilder.AddPrimaryKey(
                name: "pk_one_time_pre_key_allowances",
                table: "one_time_pre_key_allowances",
                columns: new[] { "requesting_device_id", "target_device_id" });
        }
    }
}
