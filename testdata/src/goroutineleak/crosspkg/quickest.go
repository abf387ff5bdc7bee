package crosspkg

import (
	"time"

	"example.com/corpus/goroutineleak/crosspkg/feed"
)

// Quickest returns the name of the server that answers first.
func Quickest(servers []string, ping func(string) error) string {
	if len(servers) == 0 {
		return ""
	}
	names := make(chan string)
	for _, s := range servers {
		go func() {
			for ping(s) != nil {
				time.Sleep(time.Second)
			}
			names <- s // want "send on names blocks for ever"
		}()
	}
	return feed.First(names)
}

// QuickestFixed returns the name of the server that answers first.
func QuickestFixed(servers []string, ping func(string) error) string {
	if len(servers) == 0 {
		return ""
	}
	names := make(chan string, len(servers))
	for _, s := range servers {
		go func() {
			for ping(s) != nil {
				time.Sleep(time.Second)
			}
			names <- s
		}()
	}
	return feed.First(names)
}
