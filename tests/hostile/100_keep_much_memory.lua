-- SAFE ENGINE MUST: free what a call leaves behind, so that the next one has all its memory
-- verdict: words done
return { notification = function(notice)
  hoard = table.create(1400000, notice.client.name)
  return { subject = "done", text = "t" }
end }
