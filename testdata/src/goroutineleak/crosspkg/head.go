package crosspkg

import "example.com/corpus/goroutineleak/crosspkg/feed"

// Head returns the words before the first empty one.
func Head(words []string) (head []string) {
	c := make(chan string)
	go feed.Send(c, words...) // want "blocks for ever"
	for range words {
		w := <-c
		if w == "" {
			break
		}
		head = append(head, w)
	}
	return head
}

// HeadFixed returns the words before the first empty one.
func HeadFixed(words []string) (head []string) {
	c := make(chan string, len(words))
	go feed.Send(c, words...)
	for range words {
		w := <-c
		if w == "" {
			break
		}
		head = append(head, w)
	}
	return head
}
