select x.day, x.import_id, x.line, x.was, x.heir from (
    select l.day, l.import_id, l.line, l.replaced_by as was, coalesce(
        (select a.owner_id from sales_said_again a where a.import_id = $1 and a.document = coalesce(l.document, '')
            and a.day = case when l.document is null then l.day else 0 end and a.piece = 0),
        -- lines of one part were replaced together: any of them tells
        (select b.replaced_by from sales_lines b where b.import_id = $1 and b.document = l.document limit 1),
        (select b.replaced_by from sales_lines b where l.document is null and b.day = l.day and b.import_id = $1 and b.document is null limit 1)
    ) as heir
    from sales_lines l where l.replaced_by = $1
) x join imports r on r.id = x.heir and r.state = 'published' limit $2
