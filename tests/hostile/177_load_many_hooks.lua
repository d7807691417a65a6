-- SAFE ENGINE MUST: refuse 500,000 hooks without copying them
-- verdict: refused syntax
return table.create(500000, function() end)
