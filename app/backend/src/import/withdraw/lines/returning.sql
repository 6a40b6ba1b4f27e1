select y.day, y.import_id, y.line, y.was, i.id from imports i join (
    -- what another replaced that had the lines of the part for a while
    select l.day, l.import_id, l.line, l.replaced_by as was from sales_lines l
        join sales_said_again a on a.import_id = l.replaced_by and a.document = coalesce(l.document, '')
        and a.day = case when l.document is null then l.day else 0 end and a.piece = 0 and a.owner_id = $1
        where l.replaced_by in (select s.import_id from sales_said_again s where s.owner_id = $1)
    union
    -- what came before it and is replaced by the one that has replaced its own lines
    select l.day, l.import_id, l.line, l.replaced_by as was from imports own
        join sales_lines l on l.replaced_by in (select b.replaced_by from sales_lines b where b.import_id = $1 and b.replaced_by is not null)
        join imports o on o.id = l.import_id and o.state = 'published' and o.version < own.version
        where own.id = $1 and (
            exists (select 1 from sales_lines b where b.document = l.document and b.import_id = $1 and b.replaced_by = l.replaced_by)
            or (l.document is null and exists (select 1 from sales_lines b where b.day = l.day and b.import_id = $1 and b.document is null
                and b.replaced_by = l.replaced_by)))
) y on true where i.id = $1 limit $2
