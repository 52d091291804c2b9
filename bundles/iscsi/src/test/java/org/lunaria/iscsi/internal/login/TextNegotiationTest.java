package org.lunaria.iscsi.internal.login;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.lunaria.iscsi.internal.login.LoginScene.DISK;
import static org.lunaria.iscsi.internal.login.LoginScene.HOST;
import static org.lunaria.iscsi.internal.login.LoginScene.address;
import static org.lunaria.iscsi.internal.login.LoginScene.pairs;
import static org.lunaria.iscsi.internal.login.LoginScene.text;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.lunaria.iscsi.internal.node.AccessList;
import org.lunaria.iscsi.internal.node.Limits;
import org.lunaria.iscsi.internal.node.Portal;
import org.lunaria.iscsi.internal.node.TargetDirectory.Absence;

class TextNegotiationTest {
    private static final long NO_TAG = 0xffffffffL;

    private final LoginScene scene = LoginScene.withDisk();

    @Test
    void discoveryFindsWhatTheInitiatorMayUseOnThePortalItAsksOn() {
        admitting("hidden", "!" + HOST, Set.of());
        admitting("elsewhere", "any", Set.of("other"));
        admitting("mine", HOST, Set.of("main"));
        assertEquals(
                List.of(
                        "TargetName=" + DISK,
                        "TargetAddress=192.0.2.1:3260,1",
                        "TargetName=" + DISK + "-mine",
                        "TargetAddress=192.0.2.1:3260,1"),
                ask(discovery(), "SendTargets=All"));
    }

    @Test
    void aTargetIsListedWithTheAddressOfEachOfItsPortals() {
        scene.portals.add(new Portal("second", address("2001:db8::2", 3261), 2));
        scene.portals.add(new Portal("backup", address("198.51.100.1", 3260), 3));
        scene.targets.find(DISK).ifPresent(node -> scene.targets.remove(node, Absence.REMOVED));
        admitting("a", "any", Set.of("main", "second"));
        assertEquals(
                List.of(
                        "TargetName=" + DISK + "-a",
                        "TargetAddress=192.0.2.1:3260,1",
                        "TargetAddress=[2001:db8:0:0:0:0:0:2]:3261,2"),
                ask(discovery(), "SendTargets=All"));
    }

    @Test
    void aPortalOnEveryAddressIsReachedWhereTheInitiatorReachedIt() {
        scene.portals.set(0, new Portal("main", address("0.0.0.0", 3260), 1));
        scene.local = address("192.0.2.7", 3260);
        assertTrue(ask(discovery(), "SendTargets=All").contains("TargetAddress=192.0.2.7:3260,1"));

        scene.portals.set(0, new Portal("main", address("::", 3260), 1));
        scene.local = address("2001:db8::7", 3260);
        assertTrue(ask(discovery(), "SendTargets=All").contains("TargetAddress=[2001:db8:0:0:0:0:0:7]:3260,1"));
    }

    @Test
    void aNamedTargetIsAnsweredAloneAndAnUnknownOneNotAtAll() {
        admitting("b", "any", Set.of());
        assertEquals(
                List.of("TargetName=" + DISK + "-b", "TargetAddress=192.0.2.1:3260,1"),
                ask(discovery(), "SendTargets=" + DISK + "-b"));
        assertEquals(List.of(), ask(discovery(), "SendTargets=" + DISK + "-c"));
    }

    @Test
    void aNormalSessionHearsOfItsOwnTargetOnly() {
        admitting("b", "any", Set.of());
        TextNegotiation normal = new TextNegotiation(scene, scene.login());
        List<String> own = List.of("TargetName=" + DISK, "TargetAddress=192.0.2.1:3260,1");
        assertEquals(own, ask(normal, "SendTargets="));
        assertEquals(own, ask(normal, "SendTargets=" + DISK));
        assertEquals(List.of(), ask(normal, "SendTargets=" + DISK + "-b"));
        assertEquals(List.of("SendTargets=Reject"), ask(normal, "SendTargets=All"));
    }

    @Test
    void aDiscoverySessionHasNoTargetOfItsOwn() {
        assertEquals(List.of("SendTargets=Reject"), ask(discovery(), "SendTargets="));
    }

    @Test
    void aLongAnswerGoesInPartsUnderOneTag() {
        for (int i = 0; i < 300; i++) {
            admitting("t" + i, "any", Set.of());
        }
        TextNegotiation negotiation = discovery();
        TextStep.Answer part = answer(negotiation.receive(request(true, false, NO_TAG, text("SendTargets=All"))));
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (!part.isFinal()) {
            assertTrue(part.continues());
            assertEquals(8192, part.data().length);
            whole.writeBytes(part.data());
            part = answer(negotiation.receive(request(true, false, part.targetTransferTag(), text())));
        }
        whole.writeBytes(part.data());
        assertFalse(part.continues());
        assertEquals(NO_TAG, part.targetTransferTag());
        assertEquals(602, pairs(whole.toByteArray()).size());
    }

    @Test
    void aRequestInPartsIsAnsweredWhenItIsWhole() {
        TextNegotiation negotiation = discovery();
        byte[] whole = text("SendTargets=All");
        TextStep.Answer empty =
                answer(negotiation.receive(request(false, true, NO_TAG, Arrays.copyOfRange(whole, 0, 5))));
        assertFalse(empty.isFinal());
        assertEquals(0, empty.data().length);
        TextStep.Answer last = answer(negotiation.receive(
                request(true, false, empty.targetTransferTag(), Arrays.copyOfRange(whole, 5, whole.length))));
        assertTrue(last.isFinal());
        assertEquals(2, pairs(last.data()).size());
    }

    @Test
    void aLengthThatIsDeclaredAnewHoldsWhenTheNegotiationIsDone() {
        TextNegotiation negotiation = discovery();
        assertEquals(List.of(), ask(negotiation, "MaxRecvDataSegmentLength=0x10000"));
        assertEquals(65536, negotiation.parameters().initiatorMaxRecvDataSegmentLength());
        assertEquals(List.of("MaxRecvDataSegmentLength=Reject"), ask(negotiation, "MaxRecvDataSegmentLength=100"));
        assertEquals(65536, negotiation.parameters().initiatorMaxRecvDataSegmentLength());
    }

    @Test
    void aLengthIsNotPassedByTheResponseToItsOwnDeclaration() {
        for (int i = 0; i < 20; i++) {
            admitting("t" + i, "any", Set.of());
        }
        TextNegotiation negotiation = discovery();
        TextStep.Answer first = answer(negotiation.receive(
                request(true, false, NO_TAG, text("MaxRecvDataSegmentLength=512", "SendTargets=All"))));
        assertEquals(512, first.data().length);
        assertEquals(8192, negotiation.parameters().initiatorMaxRecvDataSegmentLength());
    }

    @Test
    void nothingHoldsOfANegotiationThatFailsOrIsReset() {
        TextNegotiation negotiation = discovery();
        error(negotiation.receive(
                request(true, false, NO_TAG, text("MaxRecvDataSegmentLength=512", "MaxBurstLength=512"))));
        assertEquals(8192, negotiation.parameters().initiatorMaxRecvDataSegmentLength());
        answer(negotiation.receive(request(false, false, NO_TAG, text("MaxRecvDataSegmentLength=512"))));
        answer(negotiation.receive(request(true, false, NO_TAG, text())));
        assertEquals(8192, negotiation.parameters().initiatorMaxRecvDataSegmentLength());
    }

    @Test
    void aNegotiationOfSeveralRequestsHoldsWithItsLast() {
        TextNegotiation negotiation = discovery();
        TextStep.Answer open =
                answer(negotiation.receive(request(false, false, NO_TAG, text("MaxRecvDataSegmentLength=512"))));
        assertFalse(open.isFinal());
        assertTrue(answer(negotiation.receive(request(true, false, open.targetTransferTag(), text())))
                .isFinal());
        assertEquals(512, negotiation.parameters().initiatorMaxRecvDataSegmentLength());
    }

    @Test
    void anotherInitiatorTaskTagIsNoPartOfTheNegotiation() {
        TextNegotiation negotiation = discovery();
        TextStep.Answer open = answer(negotiation.receive(request(false, false, NO_TAG, text("X-a.b=1"))));
        error(negotiation.receive(new TextRequest(true, false, 4, open.targetTransferTag(), text())));
    }

    @Test
    void unknownKeysAreNotUnderstoodAndKeysOfTheLoginAreAProtocolError() {
        assertEquals(List.of("X-a.b=NotUnderstood"), ask(discovery(), "X-a.b=1"));
        error(discovery().receive(request(true, false, NO_TAG, text("MaxBurstLength=512"))));
        error(discovery().receive(request(true, false, NO_TAG, text("TargetAlias=me"))));
        error(discovery().receive(request(true, false, NO_TAG, text("SendTargets=All", "SendTargets=All"))));
    }

    @Test
    void aTagThatWasNotGivenAndAnImpossibleRequestAreProtocolErrors() {
        error(discovery().receive(request(true, false, 5, text())));
        error(discovery().receive(request(true, true, NO_TAG, text("SendTargets=All"))));
        error(discovery().receive(request(true, false, NO_TAG, new byte[] {'A', '='})));
    }

    @Test
    void anErrorOrANewNegotiationLeavesNothingOfTheOldOne() {
        TextNegotiation negotiation = discovery();
        answer(negotiation.receive(request(false, true, NO_TAG, text("SendTargets=All"))));
        assertEquals(2, ask(negotiation, "SendTargets=All").size());
        error(negotiation.receive(request(true, false, NO_TAG, text("nonsense"))));
        assertEquals(2, ask(negotiation, "SendTargets=All").size());
    }

    @Test
    void aTextThatNeverEndsIsAProtocolError() {
        TextNegotiation negotiation = discovery();
        long tag = NO_TAG;
        for (int i = 0; i < TextCollector.MAX_PARTS; i++) {
            tag = answer(negotiation.receive(request(false, true, tag, new byte[1])))
                    .targetTransferTag();
        }
        error(negotiation.receive(request(false, true, tag, new byte[1])));
    }

    private void admitting(String name, String entry, Set<String> portals) {
        scene.target(name, DISK + "-" + name, "", portals, AccessList.of(List.of(entry)), Limits.DEFAULT);
    }

    private TextNegotiation discovery() {
        return new TextNegotiation(scene, scene.discovery(HOST));
    }

    private static List<String> ask(TextNegotiation negotiation, String pair) {
        TextStep.Answer answer = answer(negotiation.receive(request(true, false, NO_TAG, text(pair))));
        assertTrue(answer.isFinal());
        return pairs(answer.data());
    }

    private static TextRequest request(boolean isFinal, boolean continues, long tag, byte[] data) {
        return new TextRequest(isFinal, continues, 3, tag, data);
    }

    private static TextStep.Answer answer(TextStep step) {
        return assertInstanceOf(TextStep.Answer.class, step);
    }

    private static void error(TextStep step) {
        assertInstanceOf(TextStep.ProtocolError.class, step);
    }
}
