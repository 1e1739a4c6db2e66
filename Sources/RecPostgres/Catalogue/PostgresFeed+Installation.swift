internal import RecCore
internal import RecMetadata

extension PostgresFeed {
    /// The table of the log.
    var logTable: String { SQLName.relation(table + "_changes") }

    /// The table with one row: which installation it is, and what is forgotten.
    var stateTable: String { SQLName.relation(table + "_feed") }

    /// The name of the table without its schema.
    private var tableName: String { SQLName.parts(of: table).last ?? "" }

    /// The statement of SQL that installs the feed, for a migration of the host's.
    ///
    /// It makes two tables beside the table, `NAME_changes` and `NAME_feed`, a function, and two triggers. Rows that are
    /// inserted, updated or deleted are logged one by one, and those of a table that is truncated before it is emptied. The
    /// function runs with the rights of its owner, so that whoever may change the table need not know of the log. Run again,
    /// the statement changes nothing, unless the tables were restored from a copy of another server: then marks of that one
    /// are of no use.
    public var installation: String {
        // In texts for format(), where %1$s is the schema and %2$L the body of the function.
        func name(_ suffix: String) -> String { SQLName.doubling("%", in: SQLName.quoted(tableName + suffix)) }
        let id = SQLName.doubling("%", in: SQLName.quoted(catalogue.format.idField))
        let body = """
            begin
                if tg_op = 'TRUNCATE' then
                    insert into %1$s.\(name("_changes")) (id)
                        select \(id)::text from %1$s.\(name("")) where \(id) is not null;
                    return null;
                end if;
                if tg_op <> 'INSERT' and old.\(id) is not null then
                    insert into %1$s.\(name("_changes")) (id) values (old.\(id)::text);
                end if;
                if tg_op = 'INSERT' or tg_op = 'UPDATE' and new.\(id) is distinct from old.\(id) then
                    if new.\(id) is not null then
                        insert into %1$s.\(name("_changes")) (id) values (new.\(id)::text);
                    end if;
                end if;
                return null;
            end
            """
        let statements = [
            """
            create table if not exists %1$s.\(name("_changes")) (
                number int8 generated always as identity primary key,
                xid xid8 not null default pg_current_xact_id(),
                id text not null
            )
            """,
            "create index if not exists \(name("_changes_order")) on %1$s.\(name("_changes")) (xid, number)",
            """
            create table if not exists %1$s.\(name("_feed")) (
                feed text not null default gen_random_uuid()::text,
                forgotten_xid xid8 not null default '0',
                forgotten_number int8 not null default 0,
                single bool primary key default true check (single)
            )
            """,
            "insert into %1$s.\(name("_feed")) default values on conflict do nothing",
            // Transactions that are yet to come are those of another server, which the tables were copied from.
            """
            update %1$s.\(name("_feed")) set feed = default, forgotten_xid = default, forgotten_number = default
                where forgotten_xid >= pg_snapshot_xmax(pg_current_snapshot())
            """,
            """
            delete from %1$s.\(name("_changes"))
                where xid >= pg_snapshot_xmax(pg_current_snapshot()) and xid <> pg_current_xact_id()
            """,
            """
            create or replace function %1$s.\(name("_log_change"))() returns trigger
                language plpgsql security definer set search_path = pg_catalog, pg_temp as %2$L
            """,
            "drop trigger if exists \(name("_log_change")) on %1$s.\(name(""))",
            """
            create trigger \(name("_log_change")) after insert or update or delete on %1$s.\(name(""))
                for each row execute function %1$s.\(name("_log_change"))()
            """,
            "drop trigger if exists \(name("_log_truncation")) on %1$s.\(name(""))",
            """
            create trigger \(name("_log_truncation")) before truncate on %1$s.\(name(""))
                for each statement execute function %1$s.\(name("_log_change"))()
            """,
        ]
        let block = """
            declare
                place text := (
                    select quote_ident(nspname) from pg_class c join pg_namespace n on n.oid = relnamespace
                        where c.oid = \(SQLName.constant(SQLName.relation(table)))::regclass
                );
                body text := format(\(SQLName.constant(body)), place);
            begin
            \(statements.map { "    execute format(\(SQLName.constant($0)), place, body);" }.joined(separator: "\n"))
            end
            """
        return "do \(SQLName.constant(block))"
    }

    /// Installs the feed, unless it is installed.
    ///
    /// Writers to the table wait meanwhile; that is a moment, unless a transaction with the table is open.
    ///
    /// - Throws: ``PostgresFailure`` for what the server reports, and the errors of the client; `RecError` with code
    ///   `invalid-setting` when the table's name is longer than 48 bytes, since PostgreSQL cuts names off at 63.
    @concurrent
    public func install() async throws {
        guard tableName.utf8.count <= 48 else {
            throw RecError(.invalidSetting, "The name of the table '\(table)' is longer than 48 bytes.")
        }
        _ = try await catalogue.client.run([PostgresStatement(installation)])
    }
}
