package org.lunaria.admin;

/** A target as a managed bean, {@code org.lunaria:type=Target,name=NAME}: what {@link Target} says, at most a second old. */
public interface TargetMXBean {
    String getName();

    String getIscsiName();

    boolean isServing();

    String getDetail();

    String[] getVolumes();

    int getSessions();
}
