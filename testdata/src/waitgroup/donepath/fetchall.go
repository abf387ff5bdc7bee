package donepath

import "sync"

// FetchAll downloads the URLs and returns the pages that there are.
func FetchAll(urls []string, get func(url string) ([]byte, error)) map[string][]byte {
	var (
		mu    sync.Mutex
		pages = make(map[string][]byte)
		wg    sync.WaitGroup
	)
	for _, url := range urls {
		wg.Add(1)
		go func() {
			data, err := get(url)
			if err != nil {
				return
			}
			mu.Lock()
			pages[url] = data
			mu.Unlock()
			wg.Done()
		}()
	}
	wg.Wait() // want "wg.Wait blocks for ever"
	return pages
}

// FetchAllFixed downloads the URLs and returns the pages that there are.
func FetchAllFixed(urls []string, get func(url string) ([]byte, error)) map[string][]byte {
	var (
		mu    sync.Mutex
		pages = make(map[string][]byte)
		wg    sync.WaitGroup
	)
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			data, err := get(url)
			if err != nil {
				return
			}
			mu.Lock()
			pages[url] = data
			mu.Unlock()
		}()
	}
	wg.Wait()
	return pages
}
