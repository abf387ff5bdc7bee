package collect

// Crawler follows the links of a site.
type Crawler struct {
	Links func(page string) ([]string, error)
	Max   int
}

// Crawl returns the pages that can be reached from start. It stops once it has
// seen as many as it may.
func (c *Crawler) Crawl(start string) []string {
	found := make(chan []string)
	seen := map[string]bool{start: true}
	visit := func(page string) {
		links, err := c.Links(page)
		if err != nil {
			links = nil
		}
		found <- links // want "send on found blocks for ever"
	}
	pages := []string{start}
	pending := 1
	go visit(start)
	for pending > 0 {
		links := <-found
		pending--
		for _, l := range links {
			if seen[l] {
				continue
			}
			seen[l] = true
			pages = append(pages, l)
			if len(pages) >= c.Max {
				return pages
			}
			pending++
			go visit(l)
		}
	}
	return pages
}

// CrawlerFixed follows the links of a site.
type CrawlerFixed struct {
	Links func(page string) ([]string, error)
	Max   int
}

// Crawl returns the pages that can be reached from start. It stops once it has
// seen as many as it may.
func (c *CrawlerFixed) Crawl(start string) []string {
	found := make(chan []string)
	enough := make(chan struct{})
	defer close(enough)
	seen := map[string]bool{start: true}
	visit := func(page string) {
		links, err := c.Links(page)
		if err != nil {
			links = nil
		}
		select {
		case found <- links:
		case <-enough:
		}
	}
	pages := []string{start}
	pending := 1
	go visit(start)
	for pending > 0 {
		links := <-found
		pending--
		for _, l := range links {
			if seen[l] {
				continue
			}
			seen[l] = true
			pages = append(pages, l)
			if len(pages) >= c.Max {
				return pages
			}
			pending++
			go visit(l)
		}
	}
	return pages
}
