package crosspkg

import "example.com/corpus/goroutineleak/crosspkg/notice"

// Announce pins up lines on a board of its own.
func Announce(lines []string, hear func(string)) {
	b := notice.NewBoard() // want "blocks for ever"
	b.Listen(hear)
	for _, l := range lines {
		b.Post(l)
	}
}

// AnnounceFixed pins up lines on a board that is taken down.
func AnnounceFixed(lines []string, hear func(string)) {
	b := notice.NewBoardFixed()
	defer b.Close()
	b.Listen(hear)
	for _, l := range lines {
		b.Post(l)
	}
}
