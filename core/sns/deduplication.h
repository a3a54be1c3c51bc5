#pragma once

#include "core/sns/message.h"
#include "core/sns/topic.h"
#include "core/store/store.h"

#include <string>

// What FIFO topics took within the last five minutes of the chamber's clock.
namespace core::sns {

// Part of the transaction that keeps a message: whether it is a repeated one, which then gets the id and
// number of the first; else it is noted. Forgets what has grown old.
bool isRepeated(store::Transaction& transaction, const Topic& topic, Message& message);
// A topic's end.
void forgetMessages(store::Transaction& transaction, const Topic& topic);

}
